/// The one way in which texts are made comparable, used on both sides of every comparison.
///
/// A truth with carriage returns, trailing spaces or blank lines around it can be matched by nobody who answers in a
/// fenced block, so these never decide.
public enum Normaliser {
    /// The text with line feeds only, no blanks at the ends of lines, and no blank lines before and behind.
    public static func normalise(_ text: String) -> String {
        let bytes = text.utf8Span.span
        let kept = keptRange(of: bytes)
        var normalised: [UInt8] = []
        normalised.reserveCapacity(kept.count)
        forEachLine(in: bytes, kept) { line in
            if line.lowerBound > kept.lowerBound { normalised.append(UInt8(ascii: "\n")) }
            bytes.withUnsafeBufferPointer { normalised += $0[line] }
            return true
        }
        return String(decoding: normalised, as: UTF8.self)
    }

    /// Whether two texts are the same once both are normalised; neither is copied.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        let left = left.utf8Span.span
        let right = right.utf8Span.span
        let leftKept = keptRange(of: left)
        let rightKept = keptRange(of: right)
        if TextBytes.areSame(left, leftKept, right, rightKept) { return true }
        // They differ, if only in the blanks at the ends of lines.
        var start = rightKept.lowerBound
        var isEqual = true
        forEachLine(in: left, leftKept) { line in
            guard start <= rightKept.upperBound else {
                isEqual = false
                return false
            }
            let end = min(TextLines.lineEnd(in: right, from: start), rightKept.upperBound)
            isEqual = TextBytes.areSame(left, line, right, start..<endOfWords(in: right, start..<end))
            start = end + 1
            return isEqual
        }
        return isEqual && start > rightKept.upperBound
    }

    // MARK: -

    /// The bytes from the first line that is not blank to the last word.
    private static func keptRange(of bytes: Span<UInt8>) -> Range<Int> {
        var start = 0
        for offset in 0..<bytes.count {
            if bytes[offset] == UInt8(ascii: "\n") {
                start = offset + 1
            } else if !isBlank(bytes[offset]) {
                var end = bytes.count
                while isBlank(bytes[end - 1]) || bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
                return start..<end
            }
        }
        return 0..<0
    }

    /// Calls with each line without the blanks at its end, until it is told to stop.
    private static func forEachLine(in bytes: Span<UInt8>, _ kept: Range<Int>, _ body: (Range<Int>) -> Bool) {
        var start = kept.lowerBound
        while start <= kept.upperBound {
            let end = min(TextLines.lineEnd(in: bytes, from: start), kept.upperBound)
            guard body(start..<endOfWords(in: bytes, start..<end)) else { return }
            start = end + 1
        }
    }

    private static func endOfWords(in bytes: Span<UInt8>, _ line: Range<Int>) -> Int {
        var end = line.upperBound
        while end > line.lowerBound, isBlank(bytes[end - 1]) { end -= 1 }
        return end
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
