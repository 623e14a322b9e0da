/// How large a snippet may be, and what it must not hold.
public struct SnippetLimits: Sendable, Hashable {
    /// Bytes.
    public var bytes: ClosedRange<Int>
    /// Lines that are not blank.
    public var lines: ClosedRange<Int>
    /// Bytes of the longest line.
    public var lineLength: Int
    /// Tokens.
    public var tokens: ClosedRange<Int>

    /// Creates limits; the defaults let everything through that a person could have written.
    public init(
        bytes: ClosedRange<Int> = 1...1_000_000, lines: ClosedRange<Int> = 1...10_000, lineLength: Int = 2000,
        tokens: ClosedRange<Int> = 1...200_000
    ) {
        self.bytes = bytes
        self.lines = lines
        self.lineLength = lineLength
        self.tokens = tokens
    }

    /// Why a snippet is not taken, or nil when it is; what costs least is looked at first.
    public func objection(to code: [UInt8]) -> DropReason? {
        if code.count < bytes.lowerBound { return .tooShort }
        if code.count > bytes.upperBound { return .tooLong }
        if code.contains(0) { return .binary }
        var lineCount = 0
        var start = 0
        var hasText = false
        for place in 0...code.count {
            if place == code.count || code[place] == UInt8(ascii: "\n") {
                if place - start > lineLength { return .longLine }
                if hasText { lineCount += 1 }
                start = place + 1
                hasText = false
            } else if code[place] > 32 {
                hasText = true
            }
        }
        if lineCount < lines.lowerBound { return .tooShort }
        return lineCount > lines.upperBound ? .tooLong : nil
    }

    /// Why a snippet of so many tokens is not taken.
    public func objection(toTokens count: Int) -> DropReason? {
        if count < tokens.lowerBound { return .tooShort }
        return count > tokens.upperBound ? .tooLong : nil
    }
}
