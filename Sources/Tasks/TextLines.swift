/// Lines of a text, split at line feeds alone.
///
/// Swift takes a carriage return and a line feed for one character, so splitting characters at "\n" would miss the line
/// ends of a text that came from elsewhere. Bytes have no such opinion.
public enum TextLines {
    /// The lines between the line feeds; a text of n line feeds has n + 1 lines.
    public static func split(_ text: Substring) -> [Substring] {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// The lines between the line feeds; a text of n line feeds has n + 1 lines.
    public static func split(_ text: String) -> [Substring] { split(text[...]) }
}
