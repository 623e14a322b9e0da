/// A stretch of a program that is read as one.
struct Token: Sendable, Hashable {
    /// What it is.
    enum Kind: Sendable, Hashable {
        case word, number, string, comment, sign, blank, lineEnd
    }

    /// What it is.
    var kind: Kind
    /// Where it stands, in bytes.
    var range: Range<Int>

    /// Whether it is part of what the program does.
    var isCode: Bool { kind != .comment && kind != .blank && kind != .lineEnd }
}
