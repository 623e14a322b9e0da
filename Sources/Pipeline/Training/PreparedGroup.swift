import Policy

/// The rollouts of one task, ready for an update.
struct PreparedGroup: Sendable {
    /// Prompt and completions.
    let tokens: TokenGroup
    /// Log-probabilities under the policy that sampled, shape (G, tokens).
    var old: [[Double]] = []
    /// Those of the reference, where it counts.
    var references: [[Double]]?
    /// What tokens count besides their advantage.
    var weights: [[Double]] = []
    /// The scores with what length costs; nil for what counts for nothing.
    var rewards: [Double?] = []
    /// Whether a completion counts.
    var counts: [Bool] = []
    /// What each token is worth.
    var advantages: [[Double]] = []

    init(tokens: TokenGroup) { self.tokens = tokens }
}
