import Glibc
import JSON

/// How often tasks are solved, with what chance alone could make of it.
struct PassRate: Sendable, Hashable {
    /// Solved completions of each task.
    private(set) var passes: [Int] = []
    /// Completions of each task.
    private(set) var attempts: [Int] = []
    /// The sum of the rewards, and how many there were.
    private(set) var rewardSum = 0.0
    private(set) var rewardCount = 0

    /// Adds a task.
    mutating func add(passes: Int, attempts: Int, rewards: [Double]) {
        guard attempts > 0 else { return }
        self.passes.append(passes)
        self.attempts.append(attempts)
        rewardSum += rewards.reduce(0, +)
        rewardCount += rewards.count
    }

    /// The share of completions that solve it, of each task.
    var shares: [Double] { zip(passes, attempts).map { Double($0) / Double($1) } }

    /// The mean over tasks of the share of completions that solve them.
    var rate: Double { passes.isEmpty ? 0 : shares.reduce(0, +) / Double(passes.count) }

    /// The mean reward.
    var reward: Double { rewardCount == 0 ? 0 : rewardSum / Double(rewardCount) }

    /// The interval that holds the true rate in 95 of 100 cases.
    ///
    /// Wilson's for one completion a task; for several, from the deviation between tasks, which are what was drawn.
    var interval: (low: Double, high: Double) {
        let count = Double(passes.count)
        guard count > 0 else { return (0, 1) }
        let z = 1.959_964
        let mean = rate
        let squares = zip(passes, attempts).reduce(0.0) { sum, task in
            let difference = Double(task.0) / Double(task.1) - mean
            return sum + difference * difference
        }
        // Tasks that all came out alike say little about others, not that there are no others.
        if attempts.allSatisfy({ $0 == 1 }) || squares == 0 {
            let centre = (mean + z * z / (2 * count)) / (1 + z * z / count)
            let reach =
                z / (1 + z * z / count) * (mean * (1 - mean) / count + z * z / (4 * count * count)).squareRoot()
            return (max(0, centre - reach), min(1, centre + reach))
        }
        let reach = z * (squares / (count - 1) / count).squareRoot()
        return (max(0, mean - reach), min(1, mean + reach))
    }

    /// The chance that one of k completions solves a task, without bias; nil where a task has fewer.
    ///
    /// Reference: Chen and others, Evaluating Large Language Models Trained on Code (arXiv:2107.03374), section 2.1.
    func pass(at k: Int) -> Double? {
        guard !attempts.isEmpty, attempts.allSatisfy({ $0 >= k }) else { return nil }
        let sum = zip(passes, attempts).reduce(0.0) { sum, task in
            let (right, all) = task
            if all - right < k { return sum + 1 }
            let none = (0..<k).reduce(1.0) { $0 * Double(all - right - $1) / Double(all - $1) }
            return sum + 1 - none
        }
        return sum / Double(attempts.count)
    }

    /// The figures, for a program.
    var json: JSONObject {
        var object: JSONObject = [
            "tasks": .integer(Int64(passes.count)), "pass_rate": .number(rate), "low": .number(interval.low),
            "high": .number(interval.high), "reward": .number(reward),
        ]
        let most = attempts.min() ?? 0
        for k in [1, 2, 4, 5, 8, 10, 16, 32, 64, 100] where k <= most && most > 1 {
            object["pass@\(k)"] = pass(at: k).map { .number($0) } ?? .null
        }
        return object
    }
}
