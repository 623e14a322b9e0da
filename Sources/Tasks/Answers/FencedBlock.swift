/// A block between two fences of back-ticks or tildes.
struct FencedBlock: Hashable {
    /// The first word behind the opening fence; empty when there is none.
    var tag: String
    /// The lines between the fences, joined by line feeds, indentation kept.
    var text: String

    /// The closed blocks of a text, in order.
    ///
    /// A fence is closed by one at least as long. A line that opens an answer inside a block with a fence as long as the
    /// block's begins a new block: the one before it was never closed, and an answer is not lost to a forgotten fence.
    static func all(in text: Substring) -> [FencedBlock] {
        var blocks: [FencedBlock] = []
        var opening: Fence?
        // Apart from the fence, because a copy of the lines for each line would cost their square.
        var content: [Substring] = []
        for line in TextLines.split(text) {
            let fence = Fence(line)
            guard let current = opening else {
                opening = fence
                content = []
                continue
            }
            if let fence, fence.mark == current.mark, fence.length >= current.length {
                if fence.tag.isEmpty {
                    blocks.append(FencedBlock(tag: current.tag, text: content.joined(separator: "\n")))
                    opening = nil
                    continue
                }
                if fence.tag.hasPrefix("answer_") {
                    opening = fence
                    content = []
                    continue
                }
            }
            content.append(line)
        }
        return blocks
    }
}

// MARK: -

/// A line that opens or closes a block.
private struct Fence {
    let mark: UInt8
    let length: Int
    let tag: String

    /// Reads a line; nil when it is no fence.
    init?(_ line: Substring) {
        let bytes = line.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        guard let first = bytes.first, first == UInt8(ascii: "`") || first == UInt8(ascii: "~") else { return nil }
        let rest = bytes.drop { $0 == first }
        mark = first
        length = bytes.count - rest.count
        guard length >= 3 else { return nil }
        // ```code``` on one line is not a fence.
        guard !rest.contains(first) else { return nil }
        let words = rest.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        tag = words.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
