/// The text that a value was read from: what turns a field's path into a line and a column.
public struct JSONSource: Sendable {
    /// The text as it came.
    public let bytes: [UInt8]
    /// The name to print before the line, when there is one.
    public let file: String?

    /// Makes a source from bytes.
    public init(_ bytes: [UInt8], file: String? = nil) {
        self.bytes = bytes
        self.file = file
    }

    /// Makes a source from text.
    public init(_ text: String, file: String? = nil) { self.init(Array(text.utf8), file: file) }

    /// Reads the whole text.
    ///
    /// - Throws: `JSONError` with the file's name, a line and a column.
    public func parse(limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
        do {
            return try JSONValue.parse(bytes, limits: limits)
        } catch {
            var located = error
            located.file = file
            throw located
        }
    }

    /// An error about the value at a path, with the line and column where that value stands.
    public func error(_ message: String, at path: JSONPath) -> JSONError {
        let place = JSONLocator(bytes).locate(path)
        return JSONError(
            message, line: place?.line ?? 0, column: place?.column ?? 0, path: path.description, file: file)
    }
}
