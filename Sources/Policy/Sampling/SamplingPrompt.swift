/// A prompt that is to be completed some times.
public struct SamplingPrompt: Sendable, Hashable {
    /// The prompt; it has at least one token.
    public var tokens: [Int32]
    /// Completions that are wanted (G).
    public var completions: Int
    /// What the draws depend on: the same seed gives the same tokens, whatever else is sampled at the same time.
    public var seed: UInt64

    /// Creates a prompt.
    public init(tokens: [Int32], completions: Int = 1, seed: UInt64 = 0) {
        self.tokens = tokens
        self.completions = completions
        self.seed = seed
    }
}
