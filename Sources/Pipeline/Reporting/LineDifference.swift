import Tasks

/// Two texts line by line: what both have, and what only one has.
struct LineDifference {
    /// What a line belongs to.
    enum Side {
        case both, expected, actual
    }

    /// The most lines of a text that are compared; of longer ones the beginning is.
    static let limit = 200

    /// The lines in the order of reading.
    let lines: [(side: Side, text: String)]

    /// Compares two texts by their longest common subsequence of lines.
    init(expected: String, actual: String) {
        let left = TextLines.split(expected).prefix(Self.limit).map(String.init)
        let right = TextLines.split(actual).prefix(Self.limit).map(String.init)
        var common = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for i in left.indices.reversed() {
            for j in right.indices.reversed() {
                common[i][j] = left[i] == right[j] ? common[i + 1][j + 1] + 1 : max(common[i + 1][j], common[i][j + 1])
            }
        }
        var lines: [(side: Side, text: String)] = []
        var (i, j) = (0, 0)
        while i < left.count || j < right.count {
            if i < left.count, j < right.count, left[i] == right[j] {
                lines.append((.both, left[i]))
                (i, j) = (i + 1, j + 1)
            } else if j == right.count || (i < left.count && common[i + 1][j] >= common[i][j + 1]) {
                lines.append((.expected, left[i]))
                i += 1
            } else {
                lines.append((.actual, right[j]))
                j += 1
            }
        }
        self.lines = lines
    }

    /// The lines as they stand in a page.
    var markup: String {
        lines.map { side, text in
            let text = MarkupText.escaped(text)
            switch side {
            case .both: return "  " + text
            case .expected: return "<del>- \(text)</del>"
            case .actual: return "<ins>+ \(text)</ins>"
            }
        }.joined(separator: "\n")
    }
}
