/// A stretch of a program that is to read otherwise.
public struct TextEdit: Sendable, Hashable {
    /// Where it stands, in bytes.
    public var range: Range<Int>
    /// What is to stand there.
    public var text: String

    /// Makes an edit.
    public init(_ range: Range<Int>, _ text: String) {
        self.range = range
        self.text = text
    }

    /// A text with edits made in it; none when two of them overlap or one lies outside.
    static func apply(_ edits: [TextEdit], to bytes: [UInt8]) -> [UInt8]? {
        let sorted = edits.sorted {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 64)
        var cursor = 0
        for edit in sorted {
            guard edit.range.lowerBound >= cursor, edit.range.upperBound <= bytes.count else { return nil }
            result += bytes[cursor..<edit.range.lowerBound]
            result += edit.text.utf8
            cursor = edit.range.upperBound
        }
        return result + bytes[cursor...]
    }
}
