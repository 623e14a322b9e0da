/// A prompt and what was written behind it, as tokens; the prompt is computed once for all its completions.
public struct TokenGroup: Sendable, Hashable {
    /// The prompt; it has at least one token.
    public var prompt: [Int32]
    /// The completions.
    public var completions: [[Int32]]

    /// Creates a group.
    public init(prompt: [Int32], completions: [[Int32]]) {
        self.prompt = prompt
        self.completions = completions
    }
}
