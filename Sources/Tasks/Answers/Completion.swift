/// What the policy wrote.
public struct Completion: Sendable, Hashable {
    /// The text.
    public var text: String
    /// How many tokens it took, when that is known.
    public var tokenCount: Int?

    /// Makes a completion.
    public init(text: String, tokenCount: Int? = nil) {
        self.text = text
        self.tokenCount = tokenCount
    }
}
