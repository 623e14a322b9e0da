/// The gradient of a loss with respect to the scores of a completion, token by token.
public struct TokenGradients: Sendable, Hashable {
    /// With respect to the log-probabilities.
    public var logProbabilities: [Float]
    /// With respect to the entropies; empty where the loss has none in it.
    public var entropies: [Float]

    /// Creates gradients.
    public init(logProbabilities: [Float], entropies: [Float] = []) {
        self.logProbabilities = logProbabilities
        self.entropies = entropies
    }

    /// Whether all of it is zero, so that the completion teaches nothing.
    var isZero: Bool { logProbabilities.allSatisfy { $0 == 0 } && entropies.allSatisfy { $0 == 0 } }
}
