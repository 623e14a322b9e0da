/// How long a prompt is, and how long one may be.
public struct PromptMeasure: Sendable {
    /// The length of a text.
    public var length: @Sendable (String) -> Int
    /// The greatest length where none is named.
    public var usualLimit: Int

    /// Makes a measure.
    public init(usualLimit: Int, length: @escaping @Sendable (String) -> Int) {
        self.usualLimit = usualLimit
        self.length = length
    }

    /// Characters; four of them make about one token.
    public static let characters = PromptMeasure(usualLimit: 16_384) { $0.unicodeScalars.count }
}
