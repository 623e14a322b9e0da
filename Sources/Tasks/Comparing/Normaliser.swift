/// The one way in which texts are made comparable, used on both sides of every comparison.
///
/// A truth with carriage returns, trailing spaces or blank lines around it can be matched by nobody who answers in a
/// fenced block, so these never decide.
public enum Normaliser {
    /// The text with line feeds only, no blanks at the ends of lines, and no blank lines before and behind.
    public static func normalise(_ text: String) -> String {
        let lines = TextLines.split(text).map { line in
            var bytes = line.utf8
            while let last = bytes.last, last == 0x20 || last == 0x09 || last == 0x0D { bytes.removeLast() }
            return Substring(bytes)
        }
        guard let first = lines.firstIndex(where: { !$0.isEmpty }), let last = lines.lastIndex(where: { !$0.isEmpty })
        else { return "" }
        return lines[first...last].joined(separator: "\n")
    }
}
