public import JSON

/// What is wrong with a preset, reported when it is loaded and never when it is used.
public struct RewardError: Error, Hashable, CustomStringConvertible {
    /// The message with file, line, column and path.
    public let cause: JSONError

    /// Makes an error from one about the text.
    public init(_ cause: JSONError) { self.cause = cause }

    /// What is wrong, as a sentence without a period.
    public var message: String { cause.message }

    /// The place and the message: `my.json:7:20: $.combine.forward: unknown component "stdot"`.
    public var description: String { cause.description }
}
