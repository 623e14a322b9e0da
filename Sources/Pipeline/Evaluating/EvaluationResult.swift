import JSON
import Tasks

/// What an evaluation found: over all tasks, by kind and by language.
struct EvaluationResult: Sendable {
    /// Over all tasks.
    private(set) var all = PassRate()
    private(set) var kinds: [String: PassRate] = [:]
    private(set) var languages: [String: PassRate] = [:]
    /// Over the tasks whose program fails.
    private(set) var failing = PassRate()
    /// Completions that got no score because we failed.
    private(set) var unscorable = 0
    private(set) var verdicts: [String: Int] = [:]
    /// The share of completions that solve it, of each task; nil where none got a score.
    private(set) var shares: [Double?] = []
    /// The mean reward of each task; nil where no completion got a score.
    private(set) var rewards: [Double?] = []

    /// Adds the completions of a task.
    mutating func add(_ task: CodeTask, _ scores: [ScoreLine]) {
        let known = scores.filter { $0.reward != nil }
        unscorable += scores.count - known.count
        let passes = known.count { $0.solves(task) }
        let rewards = known.compactMap(\.reward)
        for score in scores { verdicts[score.verdict?.rawValue ?? "none", default: 0] += 1 }
        let count = Double(known.count)
        shares.append(known.isEmpty ? nil : Double(passes) / count)
        self.rewards.append(known.isEmpty ? nil : rewards.reduce(0, +) / count)
        all.add(passes: passes, attempts: known.count, rewards: rewards)
        kinds[task.kind.rawValue, default: PassRate()].add(passes: passes, attempts: known.count, rewards: rewards)
        if task.truth?.isFailure == true { failing.add(passes: passes, attempts: known.count, rewards: rewards) }
        languages[task.language, default: PassRate()].add(passes: passes, attempts: known.count, rewards: rewards)
    }

    /// The figures, for a program.
    var json: JSONObject {
        var object = all.json
        func table(_ rates: [String: PassRate]) -> JSONValue {
            .object(JSONObject(rates.sorted { $0.key < $1.key }.map { ($0.key, .object($0.value.json)) }))
        }
        object["kinds"] = table(kinds)
        object["languages"] = table(languages)
        if !failing.passes.isEmpty { object["failing"] = .object(failing.json) }
        object["verdicts"] = .object(
            JSONObject(verdicts.sorted { $0.key < $1.key }.map { ($0.key, .integer(Int64($0.value))) }))
        object["unscorable"] = .integer(Int64(unscorable))
        return object
    }

    /// The figures, for a person.
    var text: String {
        func row(_ name: String, _ rate: PassRate) -> [String] {
            let (low, high) = rate.interval
            return [
                name, String(rate.attempts.count), Figures.fixed(100 * rate.rate, decimals: 1) + " %",
                Figures.fixed(100 * low, decimals: 1) + " - " + Figures.fixed(100 * high, decimals: 1),
                Figures.fixed(rate.reward, decimals: 3),
            ]
        }
        var rows = [["", "tasks", "solved", "95 %", "reward"], row("all", all)]
        if kinds.count > 1 { rows += kinds.sorted { $0.key < $1.key }.map { row($0.key, $0.value) } }
        if !failing.passes.isEmpty, failing.passes.count < all.passes.count { rows.append(row("failing", failing)) }
        if languages.count > 1 { rows += languages.sorted { $0.key < $1.key }.map { row($0.key, $0.value) } }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + padding : padding + cell
            }.joined(separator: "  ")
        }
        let ks = [2, 4, 5, 8, 10, 16, 32, 64, 100].filter { $0 <= all.attempts.min() ?? 0 }
        for k in ks {
            if let value = all.pass(at: k) { lines.append("pass@\(k)  \(Figures.fixed(100 * value, decimals: 1)) %") }
        }
        if unscorable > 0 { lines.append("\(unscorable) completions got no score") }
        return lines.joined(separator: "\n")
    }
}
