import JSON

/// How much better the same tasks went after something than before it, with what chance alone could make of it.
///
/// Tasks differ far more from one another than a model does from its earlier self, so each is compared with itself.
struct HeldOutChange: Sendable, Hashable {
    /// What is compared: `sampled` and `greedy` are shares of completions that solve a task, `reward` is the mean of those drawn.
    let name: String
    /// The change, over tasks.
    let interval: MeanInterval

    /// Compares the values of the same tasks in the same order, of which some may not be known; nil where fewer than two are.
    init?(_ name: String, before: [Double?], after: [Double?]) {
        guard before.count == after.count else { return nil }
        let changes = zip(before, after).compactMap { before, after in
            before.flatMap { before in after.map { $0 - before } }
        }
        guard changes.count > 1, let interval = MeanInterval(changes) else { return nil }
        self.name = name
        self.interval = interval
    }

    /// Compares two lines of a run's evaluations; empty where they do not tell of the same tasks.
    static func all(from before: JSONValue, to after: JSONValue) -> [HeldOutChange] {
        let rows = [("sampled", "shares", "sampled"), ("greedy", "shares", "greedy"), ("reward", "rewards", "sampled")]
        return rows.compactMap { name, table, row in
            guard let before = before[table]?[row]?.array, let after = after[table]?[row]?.array else { return nil }
            return HeldOutChange(name, before: before.map(\.double), after: after.map(\.double))
        }
    }

    /// The figures, for a person: shares in points, rewards as they are.
    var text: String {
        guard name == "reward" else {
            return "\(name) \(interval.meanText(signed: true)) (\(interval.intervalText(signed: true))) points"
        }
        func score(_ value: Double) -> String { (value < 0 ? "" : "+") + Figures.fixed(value, decimals: 3) }
        let reach = interval.reach ?? 0
        return "\(name) \(score(interval.mean)) (\(score(interval.mean - reach)) to \(score(interval.mean + reach)))"
    }
}
