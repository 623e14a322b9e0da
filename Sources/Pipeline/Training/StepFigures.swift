import JSON
import Policy
import Tasks

/// What the rollouts of a step came to, under TRL's names.
struct StepFigures {
    let groups: [RolloutGroup]
    let components: [String]
    /// Tasks that were drawn for the step.
    let drawn: Int
    /// Groups among them whose scores were all the same.
    let dull: Int
    /// The greatest length of a completion.
    let limit: Int
    /// The tokens that end one.
    let ends: Set<Int32>

    var json: JSONObject {
        let rollouts = groups.flatMap(\.rollouts)
        let known = rollouts.filter { $0.score.reward != nil }
        let count = Double(max(1, rollouts.count))
        var line: JSONObject = [:]
        line["reward"] = .number(Self.mean(known.compactMap(\.score.reward)))
        line["reward_std"] = .number(Self.mean(groups.map { Self.deviation($0.rollouts.compactMap(\.score.reward)) }))
        line["frac_reward_zero_std"] = .number(Double(dull) / Double(max(1, drawn)))
        line["pass_rate"] = .number(Double(known.count { $0.passed }) / Double(max(1, known.count)))
        for (place, name) in components.enumerated() {
            let values = known.map { $0.score.components[place].value }
            line["rewards/\(name)/mean"] = .number(Self.mean(values))
            line["rewards/\(name)/std"] = .number(Self.deviation(values))
        }
        let lengths = rollouts.map { Double($0.completion.tokens.count) }
        let ended = rollouts.filter { $0.completion.finish == .stop }.map { Double($0.completion.tokens.count) }
        for (name, values) in [("", lengths), ("terminated_", ended)] {
            line["completions/mean_\(name)length"] = .number(Self.mean(values))
            line["completions/min_\(name)length"] = .number(values.min() ?? 0)
            line["completions/max_\(name)length"] = .number(values.max() ?? 0)
        }
        line["completions/clipped_ratio"] = .number(1 - Double(ended.count) / count)
        line["reward/exec_time_s"] = .number(rollouts.reduce(0) { $0 + $1.score.executionTime / .seconds(1) })
        line["reward/queue_time_s"] = .number(rollouts.reduce(0) { $0 + $1.score.queueTime / .seconds(1) })
        line["reward/infra_error_frac"] = .number(1 - Double(known.count) / count)
        let verdicts: [(String, Verdict)] = [("timeout", .timeLimitExceeded), ("compile_error", .compileError)]
        for (name, verdict) in verdicts {
            line["reward/\(name)_frac"] = .number(Double(rollouts.count { $0.score.verdict == verdict }) / count)
        }
        for verdict in Verdict.allCases {
            let found = rollouts.count { $0.score.verdict == verdict }
            if found > 0 { line["verdicts/\(verdict.rawValue)"] = .integer(Int64(found)) }
        }
        return line
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    private static func deviation(_ values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let mean = mean(values)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }
}
