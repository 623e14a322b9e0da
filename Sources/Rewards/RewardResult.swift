public import Tasks

/// What one rollout earned.
public struct RewardResult: Sendable {
    /// The number, or why there is none.
    public let score: Score
    /// Every component of the preset by name, in the preset's order: the same names for every rollout.
    ///
    /// They mean nothing when the score is unscorable; a mean over rollouts leaves such rollouts out.
    public let components: [(name: String, value: Double)]

    /// Makes a result.
    public init(score: Score, components: [(name: String, value: Double)]) {
        self.score = score
        self.components = components
    }

    /// The value of a component; nil when the preset does not have it.
    public func component(_ name: String) -> Double? { components.first { $0.name == name }?.value }
}
