/// How a language writes what is no code: all that reading tokens needs to know of it.
public struct CodeSyntax: Sendable, Hashable {
    /// What starts a comment that ends with its line.
    let lineComments: [[UInt8]]
    /// What starts and what ends a comment of several lines.
    let blockComments: [(start: [UInt8], end: [UInt8])]
    /// What encloses a string, the longest first; a delimiter of one quote ends at the line's end at the latest.
    let strings: [[UInt8]]
    /// The first bytes of all of these, so that most bytes need no comparison.
    let isSpecial: [Bool]

    /// Creates a syntax.
    ///
    /// - Parameter blockComments: Pairs of a start and an end; others are ignored.
    public init(lineComments: [String] = [], blockComments: [[String]] = [], strings: [String] = []) {
        self.lineComments = lineComments.map { Array($0.utf8) }.filter { !$0.isEmpty }
        self.blockComments = blockComments.filter { $0.count == 2 && !$0[0].isEmpty && !$0[1].isEmpty }.map {
            (Array($0[0].utf8), Array($0[1].utf8))
        }
        self.strings = strings.map { Array($0.utf8) }.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
        var isSpecial = [Bool](repeating: false, count: 256)
        for start in self.lineComments + self.blockComments.map(\.start) + self.strings {
            isSpecial[Int(start[0])] = true
        }
        self.isSpecial = isSpecial
    }

    /// No comments, and strings in double quotes: for text in a language that nobody described.
    public static let plain = CodeSyntax(strings: ["\""])

    /// Whether two languages write comments and strings alike.
    public static func == (left: CodeSyntax, right: CodeSyntax) -> Bool {
        left.lineComments == right.lineComments && left.strings == right.strings
            && left.blockComments.elementsEqual(right.blockComments) { $0.start == $1.start && $0.end == $1.end }
    }

    /// Feeds the delimiters to the hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(lineComments)
        hasher.combine(strings)
        for pair in blockComments { hasher.combine(pair.start + [0] + pair.end) }
    }
}
