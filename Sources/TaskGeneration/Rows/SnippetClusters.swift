public import JSON
public import Tasks

/// Which snippets are so alike that they belong into the same part.
///
/// Those of one cluster do, by the report of a curation or by a field of their own; and those of equal text, which a
/// curation counts and forgets.
public struct SnippetClusters: Sendable {
    /// The name of the cluster of each snippet that has one, by the snippet's name.
    private var byName: [String: String] = [:]
    /// The clusters of texts that were seen, for equal ones that follow under other names.
    private var byText: [UInt64: String] = [:]
    /// How many snippets were found in a cluster of the report.
    public private(set) var found = 0

    /// Makes clusters of equal texts alone.
    public init() {}

    /// Reads the clusters of a report of `retort curate`.
    ///
    /// - Throws: `TaskError` when it is none.
    public init(report: JSONSource) throws(TaskError) {
        do throws(JSONError) {
            let fields = try JSONFields(report.parse(limits: JSONLimits(bytes: 1 << 30)), source: report)
            guard let clusters = try fields.optionalObjects("clusters") else {
                throw fields.error("missing field \"clusters\"; expected a report of 'retort curate'")
            }
            for cluster in clusters {
                let members = try cluster.strings("kept") + cluster.strings("dropped")
                // By a member's name and not by the number, which the clusters before it decide.
                guard let name = members.min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) else { continue }
                for member in members { byName[member] = name }
            }
        } catch {
            throw TaskError(error)
        }
    }

    /// Whether there are no clusters but those of equal text.
    public var isEmpty: Bool { byName.isEmpty }

    /// The cluster of a snippet.
    ///
    /// Snippets are to come in the order of the input: of equal texts the first has the name that a curation knows.
    ///
    /// - Parameter path: The path of a snippet that is a file, under which a curation may know it.
    public mutating func cluster(of snippet: Snippet, path: String? = nil) -> String {
        if let given = snippet.fields["cluster"] { return given.string ?? given.serialized() }
        if byName.isEmpty { return snippet.code }
        let text = Fingerprint.of(snippet.code)
        if let name = byName[snippet.id] ?? path.flatMap({ byName[$0] }) {
            found += 1
            byText[text] = byText[text] ?? name
            return byText[text] ?? name
        }
        return byText[text] ?? snippet.code
    }
}
