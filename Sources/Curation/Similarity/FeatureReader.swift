/// Turns code into the set of numbers that a similarity compares.
public struct FeatureReader: Sendable {
    /// Tokens in a row that make one feature.
    public static let shingleLength = 5

    private let kind: SimilarityKind
    private let reader: TokenReader

    /// Creates a reader for code of one language.
    public init(_ kind: SimilarityKind, syntax: CodeSyntax) {
        self.kind = kind
        reader = TokenReader(syntax)
    }

    /// The features of some code, in ascending order and each once, and how many tokens it has.
    ///
    /// Code of fewer tokens than a feature has is one feature. The ratio of a diff has no features.
    public func features(_ code: [UInt8]) -> (features: [UInt64], tokenCount: Int) {
        var tokens: [UInt64] = []
        tokens.reserveCapacity(code.count / 3 + 8)
        code.withUnsafeBufferPointer { reader.read($0, into: &tokens) }
        let tokenCount = tokens.count
        var features: [UInt64]
        switch kind {
        case .tokens: features = Self.shingles(tokens, length: Self.shingleLength)
        case .lines: features = Self.lines(code)
        case .diff: features = []
        }
        return (Self.sortedSet(&features), tokenCount)
    }

    /// Every run of so many tokens as one number, repeated ones too.
    static func shingles(_ tokens: [UInt64], length: Int) -> [UInt64] {
        guard !tokens.isEmpty else { return [] }
        guard tokens.count >= length else { return [tokens.reduce(0, TextHash.combine)] }
        return tokens.withUnsafeBufferPointer { tokens in
            (0...(tokens.count - length)).map { start in
                var state: UInt64 = 0
                for offset in 0..<length { state = TextHash.combine(state, tokens[start &+ offset]) }
                return state
            }
        }
    }

    /// Lines as a set: the second of equal lines is another feature than the first, which makes a multiset of it.
    private static func lines(_ code: [UInt8]) -> [UInt64] {
        var lines = code.withUnsafeBufferPointer { bytes -> [UInt64] in
            var lines: [UInt64] = []
            var start = 0
            while start < bytes.count {
                var end = start
                while end < bytes.count && bytes[end] != UInt8(ascii: "\n") { end &+= 1 }
                var last = end
                while last > start && bytes[last - 1] <= 32 { last &-= 1 }
                if last > start { lines.append(TextHash.hash(bytes, start..<last)) }
                start = end &+ 1
            }
            return lines
        }
        lines.sort()
        var copy: UInt64 = 0
        var previous: UInt64?
        return lines.map { line in
            copy = line == previous ? copy + 1 : 0
            previous = line
            return copy == 0 ? line : TextHash.combine(line, copy)
        }
    }

    private static func sortedSet(_ features: inout [UInt64]) -> [UInt64] {
        features.sort()
        var kept = 0
        for index in features.indices where index == 0 || features[index] != features[kept - 1] {
            features[kept] = features[index]
            kept += 1
        }
        features.removeLast(features.count - kept)
        return features
    }
}
