extension Comparator {
    /// Whether an output is right.
    ///
    /// - Returns: nil for a checker, which has to be run.
    public func matches(actual: String, expected: String) -> Bool? {
        switch self {
        case .exact:
            // Bytes, because two spellings of one accented letter are equal characters to Swift.
            actual.utf8.elementsEqual(expected.utf8)
        case .trimmed:
            Normaliser.areEqual(actual, expected)
        case .tokens:
            Self.haveSameWords(actual, expected)
        case .floats(let absolute, let relative):
            Self.areEqual(Self.words(actual), Self.words(expected)) { word, wanted in
                NumberText.areClose(word, wanted, absolute: absolute, relative: relative)
            }
        case .json:
            Self.areEqualLiterals(actual, expected)
        case .unordered:
            Self.sortedLines(actual) == Self.sortedLines(expected)
        case .checker:
            nil
        }
    }

    /// Whether a text predicted in a fenced block is right.
    ///
    /// A block cannot tell whether its last line ends, and no checker is asked about a prediction: there the normaliser
    /// stands in for both.
    public func matchesPrediction(_ predicted: String, expected: String) -> Bool {
        switch self {
        case .exact, .checker: Normaliser.areEqual(predicted, expected)
        default: matches(actual: predicted, expected: expected) ?? false
        }
    }

    // MARK: -

    /// What is a literal on both sides is compared by value; anything else as text.
    private static func areEqualLiterals(_ actual: String, _ expected: String) -> Bool {
        guard let wanted = Literal(expected), let found = Literal(actual) else {
            return Normaliser.areEqual(actual, expected)
        }
        return wanted == found
    }

    private static func haveSameWords(_ actual: String, _ expected: String) -> Bool {
        let actual = actual.utf8Span.span
        let expected = expected.utf8Span.span
        var word = nextWord(in: actual, from: 0)
        var wanted = nextWord(in: expected, from: 0)
        while let found = word, let sought = wanted {
            guard TextBytes.areSame(actual, found, expected, sought) else { return false }
            word = nextWord(in: actual, from: found.upperBound)
            wanted = nextWord(in: expected, from: sought.upperBound)
        }
        return word == nil && wanted == nil
    }

    private static func nextWord(in bytes: Span<UInt8>, from place: Int) -> Range<Int>? {
        var start = place
        while start < bytes.count, isBlank(bytes[start]) { start += 1 }
        var end = start
        while end < bytes.count, !isBlank(bytes[end]) { end += 1 }
        return end > start ? start..<end : nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func words(_ text: String) -> [Substring.UTF8View] {
        text.utf8.split(whereSeparator: isBlank)
    }

    private static func areEqual(
        _ words: [Substring.UTF8View], _ wanted: [Substring.UTF8View],
        by match: (Substring.UTF8View, Substring.UTF8View) -> Bool
    ) -> Bool {
        words.count == wanted.count && zip(words, wanted).allSatisfy { match($0, $1) }
    }

    private static func sortedLines(_ text: String) -> [[UInt8]] {
        TextLines.split(Normaliser.normalise(text)).map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
