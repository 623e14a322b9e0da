/// Lines of a text, split at line feeds alone.
///
/// Swift takes a carriage return and a line feed for one character, so splitting characters at "\n" would miss the line
/// ends of a text that came from elsewhere. Bytes have no such opinion.
public enum TextLines {
    /// The lines between the line feeds; a text of n line feeds has n + 1 lines.
    public static func split(_ text: Substring) -> [Substring] {
        let bytes = text.utf8Span.span
        var lines: [Substring] = []
        var start = 0
        var startIndex = text.startIndex
        while true {
            let end = lineEnd(in: bytes, from: start)
            let endIndex = text.utf8.index(startIndex, offsetBy: end - start)
            lines.append(text[startIndex..<endIndex])
            guard end < bytes.count else { return lines }
            start = end + 1
            startIndex = text.utf8.index(after: endIndex)
        }
    }

    /// The lines between the line feeds; a text of n line feeds has n + 1 lines.
    public static func split(_ text: String) -> [Substring] { split(text[...]) }

    /// The offset of the next line feed, or of the end of the text.
    package static func lineEnd(in bytes: Span<UInt8>, from start: Int) -> Int {
        TextBytes.first(UInt8(ascii: "\n"), in: bytes, from: start) ?? bytes.count
    }
}
