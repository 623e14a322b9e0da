import JSON
import Policy

extension Trainer {
    /// Learns from the truths of tasks until the model solves enough of them by itself.
    ///
    /// Scores teach only where some completions of a task are better than others; this is what gets a model there.
    func warmStart() async throws(PipelineError) {
        let settings = configuration.warmStart
        let schedule = LearningRateSchedule(.constant, warmupSteps: min(20, settings.steps / 10))
        while state.step < settings.steps {
            try checkCancelled()
            let groups = try await nextAnswers(settings.batch)
            async let ahead: Void = feed.prepare(
                feed.looks(settings.batch, from: state.cursor, seed: configuration.seed, series: .warmStart))
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
            await ahead
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

    private func nextAnswers(_ count: Int) async throws(PipelineError) -> [TokenGroup] {
        var groups: [TokenGroup] = []
        var looked = 0
        while groups.count < count {
            let (drawn, cursor) = try await feed.draw(
                count - groups.count, from: state.cursor, seed: configuration.seed, series: .warmStart)
            state.cursor = cursor
            looked += drawn.count
            for task in drawn.map(\.task) {
                guard let answer = task.answer else { continue }
                groups.append(TokenGroup(prompt: task.prompt, completions: [answer]))
            }
            guard !groups.isEmpty || looked < feed.count + count else {
                throw PipelineError(
                    .user, "no task holds an answer to learn from",
                    hint: "set warm_start.steps to 0, or give other tasks")
            }
        }
        return groups
    }

    /// The share of sampled completions that solve tasks which are learnt from.
    private func passRate() async throws(PipelineError) -> Double {
        let (drawn, _) = try await feed.draw(
            min(128, feed.count), from: 0, seed: configuration.seed &+ 1, series: .check)
        let rows = try await rollouts(
            drawn.map(\.task), count: 1, temperature: Float(configuration.temperature), purpose: 2, step: state.step)
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
