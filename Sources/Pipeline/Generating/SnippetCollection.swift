import JSON
import LanguagePlugins
import Policy
import TaskGeneration
import Tasks

/// Snippets that are in memory all at once, each with a name that no other has.
enum SnippetCollection {
    /// Reads the snippets of files and folders; what is none is left out.
    ///
    /// - Throws: `PipelineError` when a path cannot be read, or nothing is a snippet.
    static func read(
        _ paths: [String], _ registry: PluginRegistry, synthetic: SyntheticCorpus? = nil, language: String? = nil
    ) async throws(PipelineError) -> [Snippet] {
        let source = SnippetSource(
            paths, registry: registry, fileLimit: ScreeningLimits().bytes, defaultLanguage: language,
            synthetic: synthetic)
        var snippets: [Snippet] = []
        var names: Set<String> = []
        while let entry = try await source.next() {
            guard case .success(var snippet) = entry.content else { continue }
            // Lines without a name of their own bear the number of their line, in every file.
            if !names.insert(snippet.id).inserted {
                snippet.id += "@\(entry.place)"
                names.insert(snippet.id)
            }
            snippets.append(snippet)
        }
        guard !snippets.isEmpty else {
            throw PipelineError(
                .user, "there is no snippet in \(paths.map { "'\($0)'" }.joined(separator: ", "))",
                hint: "snippets are JSON lines {\"id\",\"language\",\"code\"}, source files, or folders of them")
        }
        return snippets
    }

    /// Writes snippets as JSON lines, whole or not at all.
    static func write(_ snippets: [Snippet], to path: String) throws(PipelineError) {
        do throws(ModelFileError) {
            try WholeFile.write(path, snippets.flatMap { $0.json.serializedBytes() + [0x0A] })
        } catch {
            throw PipelineError(error)
        }
    }
}
