/// What a model wrote behind a prompt.
public struct SampledCompletion: Sendable, Hashable {
    /// Why it ends.
    public enum Finish: String, Sendable, Hashable {
        /// With a token that ends completions.
        case stop
        /// With as many tokens as it may have.
        case length
        /// Because the caller asked.
        case stopped
    }

    /// The tokens, the one that ended it among them.
    public var tokens: [Int32]
    /// Logarithm of each token's probability, in nats, at the temperature and before top-k and top-p.
    public var logProbabilities: [Float]
    /// Why it ends.
    public var finish: Finish
}
