import Tasks

/// How alike two texts are, line by line.
enum LineSimilarity {
    /// Multiset Jaccard of lines: the sum of the smaller counts over the sum of the larger; 1 when both are empty.
    static func jaccard(_ left: String, _ right: String) -> Double {
        // By their bytes, for two spellings of one character are equal to Swift.
        if left.utf8.elementsEqual(right.utf8) { return 1 }
        if let few = jaccardOfFew(left.utf8Span.span, right.utf8Span.span) { return few }
        let leftCounts = counts(lines(left))
        let rightCounts = counts(lines(right))
        var shared = 0
        var total = 0
        for line in Set(leftCounts.keys).union(rightCounts.keys) {
            let counts = (leftCounts[line] ?? 0, rightCounts[line] ?? 0)
            shared += min(counts.0, counts.1)
            total += max(counts.0, counts.1)
        }
        return total == 0 ? 1 : Double(shared) / Double(total)
    }

    /// Twice the longest common subsequence of lines over the number of lines of both; 1 when both are empty.
    static func ratio(_ left: String, _ right: String) -> Double {
        if left.utf8.elementsEqual(right.utf8) { return 1 }
        let left = lines(left)
        let right = lines(right)
        guard left.count + right.count > 0 else { return 1 }
        return 2 * Double(commonLines(left, right)) / Double(left.count + right.count)
    }

    // MARK: -

    /// The same for texts of no more than 64 lines, which need no tables; nil for longer ones.
    private static func jaccardOfFew(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Double? {
        guard let leftLines = fewLines(left), let rightLines = fewLines(right) else { return nil }
        // A bit for each line on the right that has found its like.
        var taken: UInt64 = 0
        for line in leftLines {
            for (number, other) in rightLines.enumerated()
            where taken & 1 << UInt64(number) == 0 && TextBytes.areSame(left, line, right, other) {
                taken |= 1 << UInt64(number)
                break
            }
        }
        let shared = taken.nonzeroBitCount
        let total = leftLines.count + rightLines.count - shared
        return total == 0 ? 1 : Double(shared) / Double(total)
    }

    /// Where the lines stand, as `lines` has them; nil when there are more than 64.
    private static func fewLines(_ bytes: Span<UInt8>) -> [Range<Int>]? {
        var lines: [Range<Int>] = []
        var start = 0
        while start < bytes.count {
            guard lines.count < 64 else { return nil }
            let end = TextLines.lineEnd(in: bytes, from: start)
            lines.append(start..<(end > start && bytes[end - 1] == 0x0D ? end - 1 : end))
            start = end + 1
        }
        // What stands behind the last line feed is a line unless it is empty, or but a carriage return.
        if let last = lines.last, last.isEmpty, bytes[bytes.count - 1] == 0x0D { lines.removeLast() }
        return lines
    }

    /// The lines as bytes; a line feed at the end begins no further line.
    private static func lines(_ text: String) -> [[UInt8]] {
        var lines = TextLines.split(text).map { line in
            line.utf8.last == 0x0D ? Array(line.utf8.dropLast()) : Array(line.utf8)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func counts(_ lines: [[UInt8]]) -> [[UInt8]: Int] {
        lines.reduce(into: [:]) { counts, line in counts[line, default: 0] += 1 }
    }

    private static func commonLines(_ left: [[UInt8]], _ right: [[UInt8]]) -> Int {
        let head = zip(left, right).prefix { $0 == $1 }.count
        let left = left.dropFirst(head)
        let right = right.dropFirst(head)
        let tail = zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
        let rows = Array(left.dropLast(tail))
        let columns = Array(right.dropLast(tail))
        // The table grows with the product, and the lines are the policy's to choose: beyond this, order is not asked.
        guard rows.count * columns.count <= 4_000_000 else {
            let columnCounts = counts(columns)
            let unordered = counts(rows).reduce(0) { $0 + min($1.value, columnCounts[$1.key] ?? 0) }
            return head + unordered + tail
        }
        var best = [Int](repeating: 0, count: columns.count + 1)
        for row in rows {
            var diagonal = 0
            for (index, column) in columns.enumerated() {
                let above = best[index + 1]
                best[index + 1] = row == column ? diagonal + 1 : max(above, best[index])
                diagonal = above
            }
        }
        return head + tail + (best.last ?? 0)
    }
}
