import Testing

@testable import Rewards

@Suite("Line similarity")
struct LineSimilarityTests {
    private static func lines(_ text: String) -> [[UInt8]] {
        var lines = Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { $0.last == 0x0D ? Array($0.dropLast()) : Array($0) }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// The sum of the smaller counts over the sum of the larger ones.
    private static func jaccard(_ left: String, _ right: String) -> Double {
        var rest = lines(right)
        var shared = 0
        for line in lines(left) {
            guard let found = rest.firstIndex(of: line) else { continue }
            rest.remove(at: found)
            shared += 1
        }
        let total = lines(left).count + rest.count
        return total == 0 ? 1 : Double(shared) / Double(total)
    }

    @Test("is the share of equal lines, for few lines and for many", arguments: [0, 1, 3, 20, 63, 64, 65, 150])
    func shares(count: Int) {
        var random = SystemRandomNumberGenerator()
        let pieces = ["a", "b", "", "\r", "a\r", "\r\r", "e\u{301}", "é", "Traceback (most recent call last):"]
        for _ in 0..<200 {
            let texts = (0..<2).map { _ in
                let lines = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }
                return lines.joined(separator: "\n") + (["", "\n", "\r", "\n\n"].randomElement(using: &random) ?? "")
            }
            let expected = Self.jaccard(texts[0], texts[1])
            #expect(LineSimilarity.jaccard(texts[0], texts[1]) == expected, "\(texts)")
            #expect(LineSimilarity.jaccard(texts[0], texts[0]) == 1)
        }
    }
}
