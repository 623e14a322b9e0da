/// A block between two fences of back-ticks or tildes.
struct FencedBlock: Hashable {
    /// The first word behind the opening fence; empty when there is none.
    var tag: String
    /// Where the lines between the fences stand, without the line feed behind the last of them.
    var content: Range<Int>

    /// The closed blocks of a text, in order.
    ///
    /// A fence is closed by one at least as long. A line that opens an answer inside a block with a fence as long as the
    /// block's begins a new block: the one before it was never closed, and an answer is not lost to a forgotten fence.
    static func all(in text: Span<UInt8>) -> [FencedBlock] {
        var blocks: [FencedBlock] = []
        var opening: (fence: Fence, contentStart: Int)?
        var start = 0
        while start <= text.count {
            let end = TextLines.lineEnd(in: text, from: start)
            defer { start = end + 1 }
            guard let fence = Fence(text, line: start..<end) else { continue }
            guard let (current, contentStart) = opening else {
                opening = (fence, end + 1)
                continue
            }
            guard fence.mark == current.mark, fence.length >= current.length else { continue }
            if fence.tag.isEmpty {
                // Nothing between the fences is as good as one blank line.
                let content = contentStart..<max(contentStart, start - 1)
                blocks.append(FencedBlock(tag: TextBytes.text(current.tag, of: text), content: content))
                opening = nil
            } else if TextBytes.range(fence.tag, of: text, startsWith: "answer_") {
                opening = (fence, end + 1)
            }
        }
        return blocks
    }
}

// MARK: -

/// A line that opens or closes a block.
private struct Fence {
    let mark: UInt8
    let length: Int
    /// Where the first word behind the marks stands.
    let tag: Range<Int>

    /// Reads a line; nil when it is no fence.
    init?(_ text: Span<UInt8>, line: Range<Int>) {
        var cursor = line.lowerBound
        while cursor < line.upperBound, text[cursor] == 0x20 || text[cursor] == 0x09 { cursor += 1 }
        guard cursor < line.upperBound, text[cursor] == UInt8(ascii: "`") || text[cursor] == UInt8(ascii: "~") else {
            return nil
        }
        mark = text[cursor]
        let start = cursor
        while cursor < line.upperBound, text[cursor] == mark { cursor += 1 }
        length = cursor - start
        guard length >= 3 else { return nil }
        while cursor < line.upperBound, Self.isBlank(text[cursor]) { cursor += 1 }
        let tagStart = cursor
        while cursor < line.upperBound, !Self.isBlank(text[cursor]), text[cursor] != mark { cursor += 1 }
        tag = tagStart..<cursor
        // ```code``` on one line is not a fence.
        while cursor < line.upperBound {
            if text[cursor] == mark { return nil }
            cursor += 1
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
