import JSON
import Policy
import Tasks
import Tokenization

extension Trainer {
    /// Completions of tasks with their scores; scoring begins as soon as the first has ended.
    ///
    /// - Parameters:
    ///   - count: Completions of each task.
    ///   - temperature: 0 takes the likeliest token.
    ///   - purpose: A number that tells these draws from all others.
    func rollouts(
        _ tasks: [TrainingTask], count: Int, temperature: Float, purpose: UInt64, step: Int
    ) async throws(PipelineError) -> [[ScoredRollout]] {
        let (items, feed) = AsyncStream.makeStream(of: AnswerScorer<SampledCompletion>.Item.self)
        let tokenizer = model.tokenizer
        let scorer = AnswerScorer<SampledCompletion>(pipeline: pipelines()) {
            Completion(text: tokenizer.text($0.tokens), tokenCount: $0.tokens.count)
        }
        let nouns = tasks.map(\.task)
        async let scores = scorer.scores(items, of: nouns, count: count)
        let prompts = tasks.enumerated().map { place, task in
            SamplingPrompt(tokens: task.prompt, completions: count, seed: seed(purpose, step, place))
        }
        var failure: PipelineError?
        do throws(PolicyError) {
            _ = try policy.sample(prompts, sampling(temperature)) { prompt, place, completion in
                feed.yield(.init(place: prompt, number: place, answer: completion))
                return true
            }
        } catch {
            failure = PipelineError(error)
        }
        feed.finish()
        let scored = await scores
        if let failure { throw failure }
        return try scored.get()
    }

    private func sampling(_ temperature: Float) -> SamplingParameters {
        SamplingParameters(
            temperature: temperature, topP: temperature == 0 ? 1 : Float(configuration.topP),
            topK: temperature == 0 ? 0 : configuration.topK, maximumTokens: configuration.completionLimit,
            stopTokens: Set(model.ends), precision: configuration.coarseRollouts ? .int8 : .float32)
    }

    /// The groups of a step: tasks are drawn, answered and scored, and, where that is asked for, those whose answers are
    /// all worth the same are replaced by others.
    func groups() async throws(PipelineError) -> (groups: [RolloutGroup], drawn: Int, dull: Int) {
        var kept: [RolloutGroup] = []
        var dullOnes: [RolloutGroup] = []
        var drawn = 0
        for attempt in 0...configuration.resampling {
            let tasks = try await draw(configuration.prompts - kept.count)
            let rows = try await rollouts(
                tasks.map(\.task), count: configuration.generations,
                temperature: Float(configuration.temperature), purpose: 3 + UInt64(attempt), step: state.step)
            drawn += tasks.count
            for (task, row) in zip(tasks, rows) {
                tally(passes: row.count { $0.passed }, of: row.count, at: task.place)
                let rewarded = row.map { configuration.rewarded($0) }
                let group = RolloutGroup(place: task.place, task: task.task, rollouts: rewarded)
                if group.isDull { dullOnes.append(group) } else { kept.append(group) }
            }
            if kept.count >= configuration.prompts { break }
        }
        // Without enough groups that teach, the step keeps its size with those that do not.
        let filling = dullOnes.prefix(max(0, configuration.prompts - kept.count))
        let all = kept + filling
        guard all.contains(where: { $0.rollouts.contains { $0.score.reward != nil } }) else {
            let reason = all.first?.rollouts.first?.score.detail["infra_reason"]?.string ?? "no reason was given"
            throw PipelineError(
                .noSandbox, "no rollout of the step could be scored: \(reason)",
                hint: "the last good state is in \(folder.checkpoint); 'retort doctor' says what is missing")
        }
        return (all, drawn, dullOnes.count)
    }

    private func draw(_ count: Int) async throws(PipelineError) -> [DrawnTask] {
        guard configuration.usesCurriculum else {
            let (drawn, cursor) = try await feed.draw(
                count, from: state.cursor, seed: configuration.seed, series: .policy)
            state.cursor = cursor
            return drawn
        }
        var drawn: [DrawnTask] = []
        var looked = 0
        while drawn.count < count {
            let places = Curriculum(attempts: state.attempts, passes: state.passes, tasks: feed.count)
                .draw(count - drawn.count, seed: seed(1, state.cursor, 0))
            // A round of its own for each look, so that a snippet that is drawn often gives another task every time.
            let looks = places.enumerated().map { number, place in
                TaskLook(place: place, round: state.cursor + number, series: .policy)
            }
            state.cursor += places.count
            looked += places.count
            for (place, task) in zip(places, try await feed.tasks(at: looks)) {
                if let task {
                    drawn.append(DrawnTask(place: place, task: task))
                } else {
                    // What gave nothing is looked at less often, as what nobody solves.
                    tally(passes: 0, of: configuration.generations, at: place)
                }
            }
            guard !drawn.isEmpty || looked < 2 * feed.count + count else { throw FreshTasks.nothingCame }
        }
        return drawn
    }

    private func tally(passes: Int, of attempts: Int, at place: Int) {
        guard configuration.usesCurriculum else { return }
        let missing = feed.count - state.attempts.count
        if missing > 0 {
            state.attempts += [Int](repeating: 0, count: missing)
            state.passes += [Int](repeating: 0, count: missing)
        }
        // What was long ago counts half with every look, for the policy has changed since.
        state.attempts[place] = state.attempts[place] / 2 + attempts
        state.passes[place] = state.passes[place] / 2 + passes
    }
}
