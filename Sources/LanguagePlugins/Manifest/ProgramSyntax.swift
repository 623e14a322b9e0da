/// How a language writes what is no code.
public struct ProgramSyntax: Sendable, Hashable {
    /// What starts a comment that ends with its line.
    public var lineComments: [String]
    /// What starts and what ends a comment of several lines.
    public var blockComments: [[String]]
    /// What encloses a string, the longest first.
    public var strings: [String]
}
