import Tasks

/// What a person wants to know of a run at its end: verdicts, component means, throughput.
public struct ScoreSummary: Sendable {
    /// The sums.
    public var statistics: ScoreStatistics
    /// The time that the run took.
    public var elapsed: Duration

    /// Creates a summary.
    public init(_ statistics: ScoreStatistics, elapsed: Duration) {
        self.statistics = statistics
        self.elapsed = elapsed
    }

    /// Rollouts a second in this run, without those of an earlier one.
    public var rate: Double {
        let seconds = elapsed / .seconds(1)
        return seconds > 0 ? Double(statistics.lines - statistics.resumedLines) / seconds : 0
    }

    /// The three tables.
    public var text: String {
        [verdictTable.text, componentTable.text, throughputTable.text].joined(separator: "\n")
    }

    /// One line for the terminal while a run goes on.
    ///
    /// - Parameter total: Bytes of the input, where that is known.
    public func progress(of total: Int?) -> String {
        let share =
            total.map { total in
                " (\(Figures.fixed(Double(statistics.inputBytes) / Double(max(1, total)) * 100, decimals: 0)) %)"
            } ?? ""
        let counts = shownVerdicts.map { "\($0.rawValue) \(statistics.verdicts[$0] ?? 0)" }
        return (["\(statistics.lines) scored\(share)", "\(Figures.fixed(rate, decimals: 1))/s"] + counts)
            .joined(separator: " | ")
    }

    private var shownVerdicts: [Verdict] {
        Verdict.allCases.filter { statistics.verdicts[$0] != nil }
    }

    private var verdictTable: TextTable {
        var table = TextTable(header: ["verdict", "rollouts", "share"], alignments: [.left, .right, .right])
        func row(_ name: String, _ count: Int) -> [String] {
            let share = statistics.lines > 0 ? Double(count) / Double(statistics.lines) * 100 : 0
            return [name, "\(count)", Figures.fixed(share, decimals: 1) + " %"]
        }
        table.rows = shownVerdicts.map { row($0.rawValue, statistics.verdicts[$0] ?? 0) }
        if statistics.unreadable > 0 { table.rows.append(row("(no rollout)", statistics.unreadable)) }
        table.rows.append(row("all", statistics.lines))
        return table
    }

    private var componentTable: TextTable {
        var table = TextTable(header: ["component", "mean"], alignments: [.left, .right])
        let count = Double(max(1, statistics.scored))
        let sums = [ScoreLine.Component(name: "reward", value: statistics.rewardSum)] + statistics.componentSums
        table.rows = sums.map { [$0.name, Figures.fixed($0.value / count, decimals: 4)] }
        return table
    }

    private var throughputTable: TextTable {
        let count = Double(max(1, statistics.lines))
        return TextTable(
            header: ["throughput", ""],
            alignments: [.left, .right],
            rows: [
                ["rollouts a second", Figures.fixed(rate, decimals: 1)],
                ["elapsed", Figures.duration(elapsed)],
                ["mean execution", Figures.fixed(statistics.executionMilliseconds / count, decimals: 1) + " ms"],
                ["mean wait for a slot", Figures.fixed(statistics.queueMilliseconds / count, decimals: 1) + " ms"],
                ["without reward", "\(statistics.lines - statistics.scored)"],
            ]
        )
    }
}
