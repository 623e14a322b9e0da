import Curation
import Glibc
import JSON
import TaskGeneration
import Tasks

/// Snippets with what is alike among them.
struct ClusteredSnippets: Sendable {
    /// The snippets, each with a name that no other has.
    let snippets: [Snippet]
    /// The cluster of each; what is in no cluster is one by itself.
    let clusters: [String]
    /// Whether each is in a largest set of which no two are alike.
    let isKept: [Bool]

    /// Curates snippets.
    ///
    /// - Parameters:
    ///   - folder: Where they are written meanwhile.
    ///   - plugins: Folders of plugins that go before the usual ones.
    init(_ snippets: [Snippet], folder: String, plugins: [String]) async throws(PipelineError) {
        let path = "\(folder)/.curating.jsonl"
        try SnippetCollection.write(snippets, to: path)
        defer { unlink(path) }
        var options = CurationOptions()
        options.pluginFolders = plugins
        let report = try await CurationRun(options, control: CurationControl()).run([path], into: nil, budget: nil)
        let kept = Set(
            report.corpus.ids.indices.filter { report.choice.set.isMember[$0] }.map { report.corpus.ids[$0] })
        var known: SnippetClusters
        do throws(TaskError) {
            known = try SnippetClusters(report: JSONSource(report.json))
        } catch {
            throw PipelineError(.user, error.description)
        }
        self.snippets = snippets
        clusters = snippets.map { known.cluster(of: $0) }
        isKept = snippets.map { kept.contains($0.id) }
    }

    /// The snippets of a part, which a cluster is in as a whole.
    ///
    /// - Parameter keptOnly: Whether only those are wanted of which no two are alike.
    func part(_ name: String, of splits: Splits, seed: UInt64, keptOnly: Bool) -> [Snippet] {
        snippets.indices.filter {
            (isKept[$0] || !keptOnly) && splits.part(of: clusters[$0], seed: seed) == name
        }.map { snippets[$0] }
    }
}
