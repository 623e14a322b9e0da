/// From the scores of groups to what each token of a completion is worth.
///
/// Completions without a score get 0 everywhere and take no part in any mean.
public enum AdvantageEstimator: Sendable, Hashable {
    /// What differences within a group are divided by.
    public enum Scale: String, Sendable, Hashable, CaseIterable {
        /// The group's deviation.
        case group
        /// The batch's deviation.
        case batch
        /// Nothing.
        case none
    }

    /// Aᵢ = (rᵢ - mean(r)) / (std(r) + ε).
    ///
    /// Reference: DeepSeekMath (arXiv:2402.03300), section 4.1.2; unscaled: Dr. GRPO (arXiv:2503.20783).
    case groupRelative(Scale)
    /// Aᵢ = rᵢ - mean of the others.
    ///
    /// Reference: Ahmadian and others (arXiv:2402.14740).
    case leaveOneOut
    /// Returns of each token, whitened over all tokens of the batch; with a baseline the group's mean is taken off first.
    ///
    /// Reference: REINFORCE++ (arXiv:2501.03262).
    case whitened(baseline: Bool)
    /// Each named reward scaled within its group, their weighted sum scaled within the batch.
    ///
    /// Reference: GDPO (arXiv:2601.05242).
    case perComponent(weights: [Double])

    /// What keeps a division from one by zero, as TRL has it.
    static let epsilon = 1e-4

    /// The advantages of every token.
    ///
    /// - Parameter groups: The groups of one batch.
    /// - Returns: Shape (groups, G, tokens).
    public func advantages(_ groups: [RewardGroup]) -> [[[Double]]] {
        switch self {
        case .groupRelative(let scale): Self.spread(Self.relative(groups, scale), groups)
        case .leaveOneOut: Self.spread(groups.map(Self.leaveOneOut), groups)
        case .whitened(let baseline): Self.whitened(groups, baseline: baseline)
        case .perComponent(let weights): Self.spread(Self.perComponent(groups, weights), groups)
        }
    }

    // MARK: - One value a completion

    /// The same value for every token of a completion.
    private static func spread(_ values: [[Double]], _ groups: [RewardGroup]) -> [[[Double]]] {
        zip(values, groups).map { values, group in
            zip(values, group.lengths).map { [Double](repeating: $0, count: $1) }
        }
    }

    private static func relative(_ groups: [RewardGroup], _ scale: Scale) -> [[Double]] {
        let nets = groups.map { group in group.rewards.indices.map { group.net($0) } }
        let batch = Moments(nets.joined().compactMap { $0 })
        return nets.map { nets in
            let moments = Moments(nets.compactMap { $0 })
            let divisor =
                switch scale {
                case .group: moments.deviation + epsilon
                case .batch: batch.deviation + epsilon
                case .none: 1.0
                }
            return nets.map { $0.map { ($0 - moments.mean) / divisor } ?? 0 }
        }
    }

    private static func leaveOneOut(_ group: RewardGroup) -> [Double] {
        let nets = group.rewards.indices.map { group.net($0) }
        let known = nets.compactMap { $0 }
        guard known.count > 1 else { return nets.map { _ in 0 } }
        let sum = known.reduce(0, +)
        return nets.map { net in net.map { $0 - (sum - $0) / Double(known.count - 1) } ?? 0 }
    }

    private static func perComponent(_ groups: [RewardGroup], _ weights: [Double]) -> [[Double]] {
        let sums: [[Double?]] = groups.map { group in
            let known = group.rewards.indices.filter { group.rewards[$0] != nil }
            var sums = [Double?](repeating: nil, count: group.rewards.count)
            for place in known { sums[place] = 0 }
            for (component, weight) in weights.enumerated() where weight != 0 {
                let moments = Moments(known.map { group.components[$0][component] })
                for place in known {
                    let scaled =
                        (group.components[place][component] - moments.mean) / (moments.deviation + epsilon)
                    sums[place] = (sums[place] ?? 0) + weight * scaled
                }
            }
            return sums
        }
        let batch = Moments(sums.joined().compactMap { $0 })
        return sums.map { $0.map { $0.map { ($0 - batch.mean) / (batch.deviation + epsilon) } ?? 0 } }
    }

    // MARK: - One value a token

    private static func whitened(_ groups: [RewardGroup], baseline: Bool) -> [[[Double]]] {
        let returns: [[[Double]?]] = groups.map { group in
            let mean = baseline ? Moments(group.rewards.compactMap { $0 }).mean : 0
            return group.rewards.indices.map { place in
                guard let reward = group.rewards[place] else { return nil }
                var values = [Double](repeating: reward - mean, count: group.lengths[place])
                guard !group.penalties.isEmpty else { return values }
                // What is still to be paid belongs to the tokens before it.
                var owed = 0.0
                for token in values.indices.reversed() {
                    owed += group.penalties[place][token]
                    values[token] -= owed
                }
                return values
            }
        }
        let moments = Moments(returns.joined().compactMap { $0 }.flatMap { $0 })
        let divisor = (moments.deviation * moments.deviation + 1e-8).squareRoot()
        return zip(returns, groups).map { returns, group in
            zip(returns, group.lengths).map { values, length in
                values.map { $0.map { ($0 - moments.mean) / divisor } } ?? [Double](repeating: 0, count: length)
            }
        }
    }
}
