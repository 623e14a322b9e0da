public import JSON
public import TaskGeneration
public import Tasks

/// Sums over the snippets of a run.
public struct GenerationStatistics: Sendable, Hashable {
    /// Entries of the input.
    public private(set) var snippets = 0
    /// Entries whose tasks an earlier run wrote.
    public internal(set) var resumedSnippets = 0
    /// Tasks that were written.
    public private(set) var tasks = 0
    /// Tasks by kind.
    public private(set) var kinds: [TaskKind: Int] = [:]
    /// Tasks by language.
    public private(set) var languages: [String: Int] = [:]
    /// Tasks whose program fails.
    public private(set) var failures = 0
    /// Tasks by part.
    public private(set) var splits: [String: Int] = [:]
    /// What was not made, by the reason.
    public private(set) var drops: [DropReason: Int] = [:]
    /// What happened on the way.
    public private(set) var counts = GenerationCounts()

    /// Creates empty sums.
    public init() {}

    /// Adds what a snippet came to.
    mutating func add(_ outcome: SnippetOutcome, splits names: [String]) {
        snippets += 1
        tasks += outcome.tasks.count
        for generated in outcome.tasks {
            kinds[generated.task.kind, default: 0] += 1
            languages[generated.task.language, default: 0] += 1
            if generated.task.truth?.isFailure == true { failures += 1 }
        }
        for name in names { splits[name, default: 0] += 1 }
        for reason in outcome.drops { drops[reason, default: 0] += 1 }
        counts.add(outcome.counts)
    }

    /// Passes when there was something to read.
    ///
    /// - Throws: `PipelineError` when the input held nothing, or nothing of it became a task.
    public func verify() throws(PipelineError) {
        if snippets == 0, resumedSnippets == 0 {
            throw PipelineError(
                .user, "the input holds no snippets", hint: "give JSON lines, source files, or folders of them")
        }
        if tasks == 0, resumedSnippets == 0 {
            let reasons = shownDrops.map { "\($0.rawValue) \(drops[$0] ?? 0)" }.joined(separator: ", ")
            throw PipelineError(.user, "no snippet became a task: \(reasons)")
        }
    }

    /// The reasons that came up, the most frequent first.
    var shownDrops: [DropReason] {
        DropReason.allCases.filter { (drops[$0] ?? 0) > 0 }.sorted { (drops[$0] ?? 0) > (drops[$1] ?? 0) }
    }

    /// The sums as JSON.
    public var json: JSONObject {
        func object(_ pairs: [(String, Int)]) -> JSONValue {
            .object(JSONObject(pairs.map { ($0.0, .integer(Int64($0.1))) }))
        }
        return [
            "snippets": .integer(Int64(snippets)), "resumed_snippets": .integer(Int64(resumedSnippets)),
            "tasks": .integer(Int64(tasks)), "failing": .integer(Int64(failures)),
            "kinds": object(TaskKind.allCases.compactMap { kind in kinds[kind].map { (kind.rawValue, $0) } }),
            "languages": object(languages.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
            "splits": object(splits.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
            "dropped": object(shownDrops.map { ($0.rawValue, drops[$0] ?? 0) }),
            "edits": object(EditKind.allCases.compactMap { kind in counts.edits[kind].map { (kind.rawValue, $0) } }),
            "edit_chances": object(
                EditKind.allCases.compactMap { kind in counts.chances[kind].map { (kind.rawValue, $0) } }),
            "not_preserving": .integer(Int64(counts.notPreserving)), "undone": .integer(Int64(counts.undone)),
            "idle_masks": .integer(Int64(counts.idleMasks)), "runs": .integer(Int64(counts.runs)),
        ]
    }
}
