/// Words that a program's text may mention.
///
/// A word is a longest run of letters, digits, `_` and bytes beyond ASCII; where it stands, in code, a string or a
/// comment, makes no difference.
public struct WordSet: Sendable, Hashable {
    /// The words.
    public let words: Set<String>
    private let byLength: [Int: [[UInt8]]]

    /// Makes a set.
    public init(_ words: some Sequence<String>) {
        self.words = Set(words)
        byLength = Dictionary(grouping: self.words.map { Array($0.utf8) }, by: \.count)
    }

    /// Whether there is no word at all.
    public var isEmpty: Bool { words.isEmpty }

    /// Whether a text mentions one of the words.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    public func isMentioned(in text: [UInt8]) -> Bool {
        var start = 0
        for place in 0...text.count {
            if place < text.count, Self.isPart(text[place]) { continue }
            if let words = byLength[place - start], words.contains(where: { text[start..<place].elementsEqual($0) }) {
                return true
            }
            start = place + 1
        }
        return false
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
            || byte >= 0x80
    }
}
