/// The one way in which texts are made comparable, used on both sides of every comparison.
///
/// A truth with carriage returns, trailing spaces or blank lines around it can be matched by nobody who answers in a
/// fenced block, so these never decide.
public enum Normaliser {
    /// The text with line feeds only, no blanks at the ends of lines, and no blank lines before and behind.
    public static func normalise(_ text: String) -> String {
        var lines: [Substring.UTF8View] = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)[...].map {
            line in
            var line = line[...]
            while let last = line.last, last == 0x20 || last == 0x09 || last == 0x0D { line.removeLast() }
            return line
        }
        while lines.first?.isEmpty == true { lines.removeFirst() }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { String(Substring($0)) }.joined(separator: "\n")
    }
}
