public import JSON

/// What is wrong with a tokenizer's file.
public struct TokenizerError: Error, Hashable, CustomStringConvertible {
    /// The message and the place.
    public let cause: JSONError

    /// Makes an error from one about the text.
    public init(_ cause: JSONError) { self.cause = cause }

    /// Makes an error about a tokenizer that came from no file.
    public init(_ message: String) { cause = JSONError(message) }

    /// The place and the message.
    public var description: String { cause.description }
}
