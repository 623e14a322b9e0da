import JSON
import TaskGeneration
import Tasks

/// What a person wants to know of a run of `generate`: how many tasks of what kind, what was dropped, how fast.
public struct GenerationSummary: Sendable {
    /// The sums.
    public var statistics: GenerationStatistics
    /// The time that the run took.
    public var elapsed: Duration

    /// Creates a summary.
    public init(_ statistics: GenerationStatistics, elapsed: Duration) {
        self.statistics = statistics
        self.elapsed = elapsed
    }

    /// Tasks a second in this run.
    public var rate: Double {
        let seconds = elapsed / .seconds(1)
        return seconds > 0 ? Double(statistics.tasks) / seconds : 0
    }

    /// One line for the terminal while a run goes on.
    public var progress: String {
        let drops = statistics.shownDrops.prefix(4).map { "\($0.rawValue) \(statistics.drops[$0] ?? 0)" }
        return
            (["\(statistics.tasks) tasks of \(statistics.snippets)", "\(Figures.fixed(rate, decimals: 1))/s"] + drops)
            .joined(separator: " | ")
    }

    /// The sums as one line of JSON.
    public var json: String {
        var object = statistics.json
        object["seconds"] = .number(Figures.milliseconds(elapsed) / 1000)
        return JSONValue.object(object).serialized() + "\n"
    }

    /// The tables.
    public var text: String {
        var tasks = TextTable(header: ["tasks", ""], alignments: [.left, .right])
        for kind in TaskKind.allCases { row(&tasks, kind.rawValue, statistics.kinds[kind]) }
        for (language, count) in statistics.languages.sorted(by: { $0.key < $1.key }) { row(&tasks, language, count) }
        row(&tasks, "failing", statistics.failures)
        row(&tasks, "all", statistics.tasks)
        var drops = TextTable(header: ["dropped", ""], alignments: [.left, .right])
        for reason in statistics.shownDrops { row(&drops, reason.rawValue, statistics.drops[reason]) }
        var edits = TextTable(header: ["edits", ""], alignments: [.left, .right])
        for kind in EditKind.allCases { row(&edits, kind.rawValue, statistics.counts.edits[kind]) }
        row(&edits, "(not preserving)", statistics.counts.notPreserving)
        row(&edits, "(undone)", statistics.counts.undone)
        let speed = TextTable(
            header: ["throughput", ""], alignments: [.left, .right],
            rows: [
                ["tasks a second", Figures.fixed(rate, decimals: 1)],
                ["executions", "\(statistics.counts.runs)"],
                ["elapsed", Figures.duration(elapsed)],
            ])
        return [tasks, drops, edits, speed].map(\.text).joined(separator: "\n")
    }

    private func row(_ table: inout TextTable, _ name: String, _ count: Int?) {
        if let count, count > 0 { table.rows.append([name, "\(count)"]) }
    }
}
