import JSON
import Policy
import TaskGeneration
import Tasks
import Tokenization

extension Trainer {
    /// Answers tasks that are kept from learning, taking the likeliest tokens and drawing them, and writes what that came to.
    func evaluate() async throws(PipelineError) {
        var draws = Draws(seed: configuration.seed, epoch: 0, snippet: 0, index: 0).named("held out")
        let tasks = Array(draws.shuffled(heldOut).prefix(configuration.evaluationTasks))
        let greedy = try await result(tasks, count: 1, temperature: 0)
        let sampled = try await result(
            tasks, count: configuration.evaluationSamples, temperature: Float(configuration.temperature))
        try evaluations.append([
            "phase": .string(state.phase.rawValue), "step": .integer(Int64(state.step)),
            "greedy": .object(greedy.json), "sampled": .object(sampled.json),
            "shares": ["greedy": Self.row(greedy.shares), "sampled": Self.row(sampled.shares)],
            "rewards": ["greedy": Self.row(greedy.rewards), "sampled": Self.row(sampled.rewards)],
        ])
        try events.append(
            [
                ("eval_pass_rate/greedy", greedy.all.rate), ("eval_pass_rate/sampled", sampled.all.rate),
                ("eval_reward", sampled.all.reward),
            ], step: state.step)
        func share(_ rate: PassRate) -> String {
            let (low, high) = rate.interval
            return "\(Figures.fixed(100 * rate.rate, decimals: 1)) % "
                + "(\(Figures.fixed(100 * low, decimals: 1)) - \(Figures.fixed(100 * high, decimals: 1)))"
        }
        observer.note(
            "step \(state.step): held out \(tasks.count) tasks, sampled \(share(sampled.all)), greedy \(share(greedy.all)), "
                + "reward \(Figures.fixed(sampled.all.reward, decimals: 3))")
    }

    private static func row(_ values: [Double?]) -> JSONValue { .array(values.map { $0.map { .number($0) } ?? .null }) }

    private func result(_ tasks: [TrainingTask], count: Int, temperature: Float) async throws(PipelineError)
        -> EvaluationResult
    {
        let rows = try await rollouts(tasks, count: count, temperature: temperature, purpose: 100, step: 0)
        var result = EvaluationResult()
        for (task, row) in zip(tasks, rows) { result.add(task.task, row.map(\.score)) }
        return result
    }

    /// Writes some rollouts of a step for people to read.
    func show(_ groups: [RolloutGroup], _ prepared: [PreparedGroup]) throws(PipelineError) {
        for (group, prepared) in zip(groups, prepared).prefix(configuration.shownRollouts) {
            guard let rollout = group.rollouts.first else { continue }
            var components: JSONObject = [:]
            for component in rollout.score.components { components[component.name] = .number(component.value) }
            try examples.append([
                "phase": .string(state.phase.rawValue), "step": .integer(Int64(state.step + 1)),
                "task": group.task.task.json,
                "prompt": .string(String(decoding: model.tokenizer.decode(group.task.prompt), as: UTF8.self)),
                "completion": .string(rollout.text), "expected": .string(TruthAnswer.text(group.task.task) ?? ""),
                "reward": rollout.score.reward.map { .number($0) } ?? .null,
                "verdict": .string(rollout.score.verdict?.rawValue ?? "none"), "components": .object(components),
                "advantage": .number(prepared.advantages.first?.first ?? 0),
            ])
        }
    }
}
