/// One line of a file of JSON lines: its text, or why it cannot be had.
public struct JSONLine: Sendable {
    /// The line's number in its file, counted from 1.
    public let number: Int
    /// The bytes without their line end, or the error that stands for them.
    public let content: Result<[UInt8], JSONError>

    /// Makes a line.
    public init(number: Int, content: Result<[UInt8], JSONError>) {
        self.number = number
        self.content = content
    }

    /// Reads the line's value.
    ///
    /// - Throws: `JSONError` whose line is the line's number in its file.
    public func parse(limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
        let bytes = try content.get()
        do {
            return try JSONValue.parse(bytes, limits: limits)
        } catch {
            var located = error
            located.line = number
            throw located
        }
    }
}
