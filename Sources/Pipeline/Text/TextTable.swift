/// Rows of text set in columns.
public struct TextTable: Sendable {
    /// How a column is set.
    public enum Alignment: Sendable {
        /// Flush left: words.
        case left
        /// Flush right: numbers.
        case right
    }

    /// The heads of the columns.
    public var header: [String]
    /// The rows; each has as many cells as the header.
    public var rows: [[String]]
    /// How each column is set.
    public var alignments: [Alignment]

    /// Creates a table; columns without an alignment are flush left.
    public init(header: [String], alignments: [Alignment] = [], rows: [[String]] = []) {
        self.header = header
        self.rows = rows
        self.alignments = header.indices.map { $0 < alignments.count ? alignments[$0] : .left }
    }

    /// The table as lines, without a blank at the end of any.
    public var text: String {
        let lines = [header] + rows
        let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { cells in
            var line = cells.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - cells[column].count)
                return alignments[column] == .left ? cells[column] + padding : padding + cells[column]
            }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
