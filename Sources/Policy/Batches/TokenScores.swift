/// What a model thinks of a completion, token by token.
public struct TokenScores: Sendable, Hashable {
    /// Logarithm of the probability of each token, in nats, under softmax(logits / temperature).
    public var logProbabilities: [Float]
    /// Entropy of the distribution that each token was drawn from, in nats.
    public var entropies: [Float]

    /// Creates scores.
    public init(logProbabilities: [Float], entropies: [Float]) {
        self.logProbabilities = logProbabilities
        self.entropies = entropies
    }

    init(count: Int) {
        logProbabilities = Array(repeating: 0, count: count)
        entropies = Array(repeating: 0, count: count)
    }
}
