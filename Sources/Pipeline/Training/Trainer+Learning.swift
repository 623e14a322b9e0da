import JSON
import Policy
import Tasks

extension Trainer {
    /// One step: rollouts, scores, advantages, updates.
    ///
    /// - Returns: The measurements, under TRL's names.
    func learn() async throws(PipelineError) -> JSONObject {
        let (groups, drawn, dull) = try await groups()
        let batch = try prepared(groups)
        let schedule = LearningRateSchedule(configuration.schedule, warmupSteps: configuration.warmupSteps)
        // The first step of a warm-up would move nothing.
        let rate = schedule.rate(
            step: state.step + (configuration.warmupSteps > 0 ? 1 : 0), of: configuration.steps,
            base: Float(configuration.learningRate))
        var figures = UpdateFigures()
        for iteration in 0..<configuration.iterations {
            for part in parts(batch) {
                try update(part, isFirst: iteration == 0 && configuration.miniBatches == 1, rate: rate, &figures)
            }
        }
        state.tokens += groups.reduce(0) { $0 + $1.task.prompt.count + $1.lengths.reduce(0, +) }
        var line = StepFigures(
            groups: groups, components: componentNames, drawn: drawn, dull: dull,
            limit: configuration.completionLimit, ends: Set(model.ends)
        ).json
        for (name, value) in figures.json { line[name] = value }
        line["learning_rate"] = .number(Double(rate))
        line["num_tokens"] = .integer(Int64(state.tokens))
        line["epoch"] = .number(Double(state.cursor) / Double(feed.count))
        if (state.step + 1) % configuration.evaluationInterval == 0 { try show(groups, batch) }
        return line
    }

    // MARK: - Advantages

    /// The rollouts of a step with what each of their tokens is worth.
    private func prepared(_ groups: [RolloutGroup]) throws(PipelineError) -> [PreparedGroup] {
        let loss = configuration.loss
        let tokens = groups.map(\.tokens)
        // The sampler's own values serve as the old ones, unless it reckons more coarsely than the policy.
        let trained = loss.correction != .none || configuration.coarseRollouts ? try scores(policy, tokens) : nil
        let references: [[[Double]]]? = if let reference { try scores(reference, tokens) } else { nil }
        let overlong =
            configuration.overlongBuffer > 0
            ? OverlongShaping(
                limit: configuration.completionLimit, buffer: configuration.overlongBuffer,
                penalty: configuration.overlongPenalty) : nil
        var prepared: [PreparedGroup] = []
        for (number, group) in groups.enumerated() {
            var one = PreparedGroup(tokens: tokens[number])
            for (place, rollout) in group.rollouts.enumerated() {
                let sampled = rollout.completion.logProbabilities.map { Double($0) }
                let old = trained?[number][place] ?? sampled
                one.old.append(old)
                one.weights.append(loss.importance.weights(trained: old, sampled: sampled))
                let isCut = loss.masksTruncated && rollout.completion.finish != .stop
                one.counts.append(rollout.score.reward != nil && !isCut)
                let shaping = overlong?.reward(length: sampled.count) ?? 0
                one.rewards.append(one.counts[place] ? rollout.score.reward.map { $0 + shaping } : nil)
            }
            one.references = references?[number]
            prepared.append(one)
        }
        let rewardGroups = zip(groups, prepared).map { group, prepared in
            RewardGroup(
                rewards: prepared.rewards, components: group.rollouts.map { $0.score.components.map(\.value) },
                lengths: group.lengths, penalties: penalties(prepared))
        }
        let advantages = configuration.estimator(components: componentNames).advantages(rewardGroups)
        for number in prepared.indices { prepared[number].advantages = advantages[number] }
        return prepared
    }

    /// What each token costs for having left the reference, where that is taken off the reward.
    private func penalties(_ group: PreparedGroup) -> [[Double]] {
        let loss = configuration.loss
        guard loss.penalisesReward, loss.divergenceWeight > 0, let references = group.references else { return [] }
        return zip(group.old, references).map { old, reference in
            zip(old, reference).map { loss.divergenceWeight * loss.divergence.estimate($0 - $1).value }
        }
    }

    private func scores(_ policy: PolicyModel, _ groups: [TokenGroup]) throws(PipelineError) -> [[[Double]]] {
        let scores = try PipelineError.during { () throws(PolicyError) in
            try policy.score(groups, temperature: Float(configuration.temperature))
        }
        return scores.map { group in group.map { $0.logProbabilities.map { Double($0) } } }
    }

    /// The groups of each update.
    private func parts(_ groups: [PreparedGroup]) -> [[PreparedGroup]] {
        let size = (groups.count + configuration.miniBatches - 1) / configuration.miniBatches
        return stride(from: 0, to: groups.count, by: max(1, size)).map { start in
            Array(groups[start..<min(groups.count, start + size)])
        }
    }

    // MARK: - Updates

    private func update(
        _ groups: [PreparedGroup], isFirst: Bool, rate: Float, _ figures: inout UpdateFigures
    ) throws(PipelineError) {
        let loss = configuration.loss.clipped(length: configuration.completionLimit)
        // Groups that teach nothing still count in the mean, so that leaving them out changes no gradient.
        let counted = groups.flatMap { group in
            group.counts.indices.filter { group.counts[$0] }.map { group.old[$0].count }
        }
        let share = { (length: Int) in
            loss.aggregation.weight(length: length, completions: counted.count, tokens: counted.reduce(0, +))
        }
        let isNeeded = loss.divergenceWeight > 0 || loss.entropyWeight != 0
        let active = groups.filter { group in
            isNeeded || group.advantages.contains { $0.contains { $0 != 0 } }
        }
        figures.groups += groups.count
        figures.activeGroups += active.count
        guard !active.isEmpty else { return }
        let terms = { (group: PreparedGroup, place: Int, current: [Double], entropies: [Double]) in
            loss.term(
                current: current, old: group.old[place],
                reference: loss.divergenceWeight > 0 ? group.references?[place] : nil,
                advantages: group.advantages[place], weights: group.weights[place], entropies: entropies,
                share: group.counts[place] ? share(current.count) : 0)
        }
        let tokens = active.map(\.tokens)
        let temperature = Float(configuration.temperature)
        let gradient: LossGradient
        if isFirst, !isNeeded {
            // On the policy every ratio is 1, so the gradient is known before the forward pass.
            gradient = .known(
                active.map { group in
                    group.old.indices.map { TokenGradients(terms(group, $0, group.old[$0], [])) }
                })
        } else {
            gradient = .computed { number, scores in
                let group = active[number]
                return scores.enumerated().map { place, score in
                    TokenGradients(
                        terms(
                            group, place, score.logProbabilities.map { Double($0) },
                            score.entropies.map { Double($0) }))
                }
            }
        }
        let scores: [[TokenScores]]
        do throws(PolicyError) {
            scores = try policy.accumulateGradients(of: tokens, temperature: temperature, gradient)
        } catch {
            throw PipelineError(error)
        }
        for (group, scores) in zip(active, scores) {
            // What is known to teach nothing was not computed.
            for (place, score) in scores.enumerated() where score.logProbabilities.count == group.old[place].count {
                let current = score.logProbabilities.map { Double($0) }
                let entropies = score.entropies.map { Double($0) }
                figures.add(
                    terms(group, place, current, entropies), current: current, old: group.old[place],
                    entropies: entropies)
            }
        }
        figures.add(norm: try update(rate))
    }
}

extension TokenGradients {
    fileprivate init(_ term: ClippedLoss.Term) {
        self.init(
            logProbabilities: term.logProbabilityGradients.map { Float($0) },
            entropies: term.entropyGradients.map { Float($0) })
    }
}
