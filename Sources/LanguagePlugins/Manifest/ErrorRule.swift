/// One rule that finds the type, the message or the line of an error.
public struct ErrorRule: Sendable, Hashable {
    /// Which of the lines that match is taken.
    public enum Pick: String, Sendable, Hashable, CaseIterable {
        case first, last
    }

    /// The last line that matches this is where the search starts, behind it; a rule whose line is missing does not
    /// apply.
    public var after: LinePattern?
    /// Patterns that are tried in order on each line.
    public var match: [LinePattern]
    /// Which of the lines that match is taken.
    public var pick: Pick
    /// The type when the patterns do not find one.
    public var type: String?
}
