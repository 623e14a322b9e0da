import LanguagePlugins

/// What a person wants to know of the runs behind many scores.
struct RunnerSummary {
    /// The sums.
    var statistics: RunnerStatistics

    /// One table.
    var text: String {
        TextTable(
            header: ["runs", ""],
            alignments: [.left, .right],
            rows: [
                ["started", "\(statistics.started)"],
                ["answered by an equal one", "\(statistics.shared)"],
                ["answered by the verdict cache", "\(statistics.remembered)"],
                ["tried again alone", "\(statistics.triedAlone)"],
                ["not too slow after all", "\(statistics.acquitted)"],
                ["tried again for our fault", "\(statistics.repaired)"],
            ]
        ).text
    }
}

extension CompositionRoot {
    /// What has been run so far, as a table for a person.
    public var runSummary: String { RunnerSummary(statistics: runner.statistics).text }
}
