/// What the completions of one prompt earned.
public struct RewardGroup: Sendable, Hashable {
    /// The score of each completion, shape (G); nil where there is none, which counts for nothing.
    public var rewards: [Double?]
    /// The named rewards of each completion, shape (G, components); empty where nobody asks for them.
    public var components: [[Double]]
    /// Tokens of each completion, shape (G).
    public var lengths: [Int]
    /// What each token costs, such as a share of a divergence, shape (G, tokens); empty for nothing.
    public var penalties: [[Double]]

    /// Makes a group.
    public init(rewards: [Double?], components: [[Double]] = [], lengths: [Int], penalties: [[Double]] = []) {
        precondition(
            lengths.count == rewards.count && (components.isEmpty || components.count == rewards.count)
                && (penalties.isEmpty || penalties.map(\.count) == lengths),
            "a group of \(rewards.count) rewards has \(components.count) components and \(lengths.count) lengths")
        self.rewards = rewards
        self.components = components
        self.lengths = lengths
        self.penalties = penalties
    }

    /// Whether all scores are the same, so that the group teaches nothing.
    public var hasZeroVariance: Bool {
        let known = rewards.compactMap { $0 }
        guard let first = known.first else { return true }
        return known.allSatisfy { abs($0 - first) <= 1e-8 }
    }

    /// The score of a completion less what its tokens cost.
    func net(_ place: Int) -> Double? {
        rewards[place].map { $0 - (penalties.isEmpty ? 0 : penalties[place].reduce(0, +)) }
    }
}
