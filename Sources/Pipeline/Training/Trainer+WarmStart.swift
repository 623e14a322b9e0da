import JSON
import Policy

extension Trainer {
    /// Learns from the truths of tasks until the model solves enough of them by itself.
    ///
    /// Scores teach only where some completions of a task are better than others; this is what gets a model there.
    func warmStart() async throws(PipelineError) {
        let settings = configuration.warmStart
        let known = pool.training.indices.filter { pool.training[$0].answer != nil }
        if settings.steps > 0, known.isEmpty {
            throw PipelineError(
                .user, "no task holds an answer to learn from", hint: "set warm_start.steps to 0, or give other tasks")
        }
        let schedule = LearningRateSchedule(.constant, warmupSteps: min(20, settings.steps / 10))
        while state.step < settings.steps {
            let groups = nextAnswers(settings.batch, among: known)
            let count = groups.reduce(0) { $0 + $1.completions[0].count }
            let share = -1 / Float(max(1, count))
            let gradients = groups.map { group in
                [TokenGradients(logProbabilities: [Float](repeating: share, count: group.completions[0].count))]
            }
            let scores = try PipelineError.during { () throws(PolicyError) in
                try policy.accumulateGradients(of: groups, .known(gradients))
            }
            let rate = schedule.rate(step: state.step, of: settings.steps, base: Float(settings.learningRate))
            let norm = try update(rate)
            state.step += 1
            state.tokens += count
            let logs = scores.joined().flatMap(\.logProbabilities)
            let loss = -logs.reduce(0.0) { $0 + Double($1) } / Double(max(1, logs.count))
            var line: JSONObject = [
                "loss": .number(loss), "learning_rate": .number(Double(rate)), "grad_norm": .number(norm),
                "num_tokens": .integer(Int64(state.tokens)),
            ]
            var isEnough = state.step == settings.steps
            if let target = settings.target, state.step % settings.interval == 0 || isEnough {
                let found = try await passRate()
                line["pass_rate"] = .number(found)
                isEnough = isEnough || found >= target
            }
            try log(line)
            if state.step % configuration.checkpointInterval == 0 { try save() }
            if isEnough { break }
        }
        if settings.steps > 0 { observer.note("warm start: \(state.step) steps, \(state.tokens) tokens") }
        try model.write(to: folder.start, parameters: policy.merged())
        forget()
        state.phase = .policy
        state.step = 0
        state.cursor = 0
        try save()
    }

    /// What the optimiser remembers of another loss says nothing about the next.
    private func forget() {
        policy.optimizer.step = 0
        policy.optimizer.firstMoment.withAll { $0.update(repeating: 0) }
        policy.optimizer.secondMoment.withAll { $0.update(repeating: 0) }
    }

    private func nextAnswers(_ count: Int, among known: [Int]) -> [TokenGroup] {
        var groups: [TokenGroup] = []
        while groups.count < count {
            for place in pool.draw(count - groups.count, from: state.cursor, seed: configuration.seed) {
                state.cursor += 1
                guard let answer = pool.training[place].answer else { continue }
                groups.append(TokenGroup(prompt: pool.training[place].prompt, completions: [answer]))
            }
        }
        return groups
    }

    /// The share of sampled completions that solve tasks which are learnt from.
    private func passRate() async throws(PipelineError) -> Double {
        let places = pool.draw(min(128, pool.training.count), from: 0, seed: configuration.seed &+ 1)
        let rows = try await rollouts(
            places.map { pool.training[$0] }, count: 1, temperature: Float(configuration.temperature), purpose: 2,
            step: state.step)
        let all = rows.joined()
        return all.isEmpty ? 0 : Double(all.count { $0.passed }) / Double(all.count)
    }

    /// Moves the weights against the gradients that were gathered.
    ///
    /// - Returns: The norm of the gradients.
    /// - Throws: `PipelineError` when gradients are no numbers three times in a row; the weights have not moved then.
    func update(_ rate: Float) throws(PipelineError) -> Double {
        do throws(PolicyError) {
            let done = try policy.update(
                learningRate: rate, AdamWSettings(weightDecay: Float(configuration.weightDecay)),
                maximumNorm: configuration.maximumNorm.map { Float($0) })
            brokenUpdates = 0
            return Double(done.gradientNorm)
        } catch {
            policy.clearGradients()
            brokenUpdates += 1
            guard brokenUpdates < 3 else {
                throw PipelineError(
                    .user, "three updates in a row had no finite gradient: \(error.description)",
                    hint: "lower learning_rate; the last good state is in \(folder.checkpoint)")
            }
            observer.note("note: an update was left out: \(error.description)")
            return .nan
        }
    }
}
