/// A line of a program that reads otherwise in one run.
///
/// A program that reads nothing has its constants for an input: another number in a line is what another text on standard
/// input is to a program that reads.
public struct LineEdit: Sendable, Hashable {
    /// The line of the program, counted from 0.
    public var index: Int
    /// What stands there in this run.
    public var line: String

    /// Makes an edit.
    public init(index: Int, line: String) {
        self.index = index
        self.line = line
    }

    /// A program with edits made in it; an edit of a line that it does not have is passed over.
    public static func apply(_ edits: [LineEdit], to program: String) -> String {
        guard !edits.isEmpty else { return program }
        var lines = TextLines.split(program)
        for edit in edits where lines.indices.contains(edit.index) { lines[edit.index] = Substring(edit.line) }
        return lines.joined(separator: "\n")
    }
}
