/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, as a sentence without a period.
    public var message: String
    /// The line, counted from 1; 0 when it is not known.
    public var line: Int
    /// The column in characters, counted from 1; 0 when it is not known.
    public var column: Int
    /// The field, such as `$.run.command[0]`; empty when the text could not be read at all.
    public var path: String
    /// The name of the file, when the text came from one.
    public var file: String?

    /// Makes an error.
    public init(_ message: String, line: Int = 0, column: Int = 0, path: String = "", file: String? = nil) {
        self.message = message
        self.line = line
        self.column = column
        self.path = path
        self.file = file
    }

    /// The place and the message: `plugin.json:3:14: $.name: expected a string`.
    public var description: String {
        var place = ""
        if let file {
            place = line > 0 ? "\(file):\(line):\(column): " : "\(file): "
        } else if line > 0 {
            place = "line \(line), column \(column): "
        }
        return place + (path.isEmpty ? "" : path + ": ") + message
    }
}
