/// How tokens are drawn.
public struct SamplingParameters: Sendable, Hashable {
    /// With what numbers the weights are multiplied.
    public enum Precision: String, Sendable, Hashable, CaseIterable {
        /// As they are: the policy that samples is the one that learns.
        case float32
        /// A byte a weight and a scale to 32 of them: fast, and slightly another policy.
        case int8
    }

    /// What logits are divided by; 0 takes the greatest.
    public var temperature: Float
    /// Draws from the fewest tokens whose probability is at least this; 1 from all.
    public var topP: Float
    /// Draws from as many tokens as this; 0 from all.
    public var topK: Int
    /// Tokens after which a completion ends that has not ended by itself.
    public var maximumTokens: Int
    /// Tokens that end a completion; they belong to it.
    public var stopTokens: Set<Int32>
    /// Completions that are written at a time.
    public var batch: Int
    /// With what numbers the weights are multiplied.
    public var precision: Precision

    /// Creates parameters.
    public init(
        temperature: Float = 1, topP: Float = 1, topK: Int = 0, maximumTokens: Int, stopTokens: Set<Int32> = [],
        batch: Int = 64, precision: Precision = .float32
    ) {
        self.temperature = temperature
        self.topP = topP
        self.topK = topK
        self.maximumTokens = maximumTokens
        self.stopTokens = stopTokens
        self.batch = batch
        self.precision = precision
    }

    /// Refuses what nothing can be drawn with.
    public func validate() throws(PolicyError) {
        guard temperature >= 0, temperature.isFinite else {
            throw PolicyError("a temperature of \(temperature) is below 0")
        }
        guard topP > 0, topP <= 1 else { throw PolicyError("a top-p of \(topP) is not in 0...1, or 0") }
        guard topK >= 0 else { throw PolicyError("a top-k of \(topK) is below 0") }
        guard maximumTokens >= 1 else { throw PolicyError("completions of \(maximumTokens) tokens are none") }
        guard batch >= 1 else { throw PolicyError("a batch of \(batch) completions is none") }
    }
}
