/// The fields of an error report: what matters of a traceback, whatever the language and its version.
public struct Failure: Sendable, Hashable {
    /// The kind of error, such as `ZeroDivisionError`.
    public var type: String?
    /// Its message.
    public var message: String?
    /// The line of the program, counted from 1.
    public var line: Int?

    /// Makes a failure.
    public init(type: String? = nil, message: String? = nil, line: Int? = nil) {
        self.type = type
        self.message = message
        self.line = line
    }
}
