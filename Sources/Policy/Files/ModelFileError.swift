/// What is wrong with a file of a model, and which file it is.
public struct ModelFileError: Error, Hashable, CustomStringConvertible {
    /// The file's path; empty for bytes that came from none.
    public var file: String
    /// What is wrong, as a sentence without a period.
    public var message: String

    /// Makes an error.
    public init(_ message: String, file: String = "") {
        self.message = message
        self.file = file
    }

    /// The file and the message.
    public var description: String { file.isEmpty ? message : "\(file): \(message)" }
}
