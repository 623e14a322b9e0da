public import JSON

/// What is wrong with a tokenizer's file.
public struct TokenizerError: Error, Hashable, CustomStringConvertible {
    /// The message and the place.
    public let cause: JSONError

    /// Makes an error from one about the text.
    public init(_ cause: JSONError) { self.cause = cause }

    /// The place and the message.
    public var description: String { cause.description }
}
