/// Finds every pair of texts whose diff ratio reaches a threshold: all pairs, the hopeless ones left out early.
///
/// The ratio is 2 L / (a + b), with L the length of the longest common subsequence of bytes. It cannot be reached when
/// the lengths or the counts of bytes differ too much; of the others L is computed 64 columns at a time.
///
/// Reference: Hyyrö, "Bit-parallel LCS-length computation revisited" (2004).
public struct DiffJoin: Sendable {
    private let texts: [[UInt8]]
    private let counts: [[Int32]]
    private let order: [Int32]
    private let parts: Int
    private static let whole = 1_000_000

    /// Prepares texts; those that are empty are like nobody.
    public init(_ texts: [[UInt8]], threshold: Double) {
        self.texts = texts
        parts = min(Self.whole, max(1, Int((threshold * Double(Self.whole)).rounded())))
        counts = texts.map { text in
            var counts = [Int32](repeating: 0, count: 256)
            for byte in text { counts[Int(byte)] += 1 }
            return counts
        }
        order = (0..<Int32(texts.count)).sorted {
            (texts[Int($0)].count, $0) < (texts[Int($1)].count, $1)
        }
    }

    /// The similar pairs in ascending order.
    public func pairs(threads: Int = 1, control: SearchControl = SearchControl()) -> [SimilarPair] {
        SharedWork.run(itemCount: order.count, chunk: 8, threads: threads, control: control) { range, found in
            for rank in range {
                if control.isOver { return }
                let long = Int(order[rank])
                guard !texts[long].isEmpty else { continue }
                var pattern: BitPattern?
                for place in stride(from: rank - 1, through: 0, by: -1) {
                    let short = Int(order[place])
                    let needed = commonLength(texts[long].count, texts[short].count)
                    if texts[short].count < needed { break }
                    guard bytesInCommon(long, short) >= needed else { continue }
                    if pattern == nil { pattern = BitPattern(texts[long]) }
                    if let length = pattern?.commonLength(texts[short]), length >= needed {
                        found.append(SimilarPair(order[rank], order[place]))
                    }
                }
            }
        }.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }

    /// The ratio of two texts.
    public static func ratio(_ first: [UInt8], _ second: [UInt8]) -> Double {
        guard !first.isEmpty || !second.isEmpty else { return 1 }
        var pattern = BitPattern(first)
        return 2 * Double(pattern.commonLength(second)) / Double(first.count + second.count)
    }

    private func commonLength(_ first: Int, _ second: Int) -> Int {
        (parts * (first + second) + 2 * Self.whole - 1) / (2 * Self.whole)
    }

    private func bytesInCommon(_ first: Int, _ second: Int) -> Int {
        var sum: Int32 = 0
        let (one, other) = (counts[first], counts[second])
        for byte in 0..<256 { sum &+= min(one[byte], other[byte]) }
        return Int(sum)
    }
}

// MARK: -

/// Where each byte stands in a text, as bits.
private struct BitPattern {
    private let length: Int
    private let words: Int
    private var rows: [UInt64]
    private var state: [UInt64]

    init(_ text: [UInt8]) {
        length = text.count
        words = (text.count + 63) / 64
        rows = [UInt64](repeating: 0, count: 256 * words)
        state = [UInt64](repeating: 0, count: words)
        for (place, byte) in text.enumerated() { rows[Int(byte) * words + place >> 6] |= 1 << UInt64(place & 63) }
    }

    /// The length of the longest common subsequence with another text.
    mutating func commonLength(_ other: [UInt8]) -> Int {
        let words = words
        let isPartial = length & 63 != 0
        let last: UInt64 = isPartial ? 1 << UInt64(length & 63) &- 1 : ~0
        return state.withUnsafeMutableBufferPointer { state in
            rows.withUnsafeBufferPointer { rows in
                for word in 0..<words { state[word] = ~0 }
                for byte in other {
                    let row = Int(byte) &* words
                    var carry: UInt64 = 0
                    for word in 0..<words {
                        let value = state[word]
                        let matched = value & rows[row &+ word]
                        let (partial, first) = value.addingReportingOverflow(matched)
                        let (sum, second) = partial.addingReportingOverflow(carry)
                        carry = first || second ? 1 : 0
                        state[word] = sum | (value & ~matched)
                    }
                }
                var zeros = 0
                for word in 0..<words {
                    zeros += (~state[word] & (word == words - 1 ? last : ~0)).nonzeroBitCount
                }
                return zeros
            }
        }
    }
}
