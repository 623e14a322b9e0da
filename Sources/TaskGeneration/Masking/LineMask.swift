import Tasks

/// The lines of a program that are taken out of it.
enum LineMask {
    /// The masks of some lines.
    static func lines(_ indices: [Int], of code: String) -> [MaskedLine] {
        let lines = TextLines.split(code)
        return indices.sorted().map { MaskedLine(index: $0, original: String(lines[$0])) }
    }
}
