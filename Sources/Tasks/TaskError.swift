public import JSON

/// What is wrong with a task, a completion or a test case that came from outside.
public struct TaskError: Error, Hashable, CustomStringConvertible {
    /// The message and the place.
    public let cause: JSONError

    /// Makes an error from one about the text.
    public init(_ cause: JSONError) { self.cause = cause }

    /// Makes an error about a field.
    public init(_ message: String, at path: JSONPath = .root) {
        self.init(JSONError(message, path: path.description))
    }

    /// What is wrong, as a sentence without a period.
    public var message: String { cause.message }

    /// The place and the message.
    public var description: String { cause.description }
}
