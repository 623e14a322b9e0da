/// What AdamW does besides the learning rate; the defaults are those of PyTorch, but for the decay.
public struct AdamWSettings: Sendable, Hashable {
    /// Memory of the mean of gradients.
    public var beta1: Float
    /// Memory of the mean of their squares.
    public var beta2: Float
    /// What is added to a root before it divides.
    public var epsilon: Float
    /// Share of a weight that goes each step, times the learning rate; gains and biases do not decay.
    public var weightDecay: Float

    /// Creates settings.
    public init(beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, weightDecay: Float = 0) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }
}
