/// Finds the merges of a tokenizer in texts: again and again the pair that stands side by side most often becomes a token.
///
/// The same texts give the same tokenizer, whatever their order; of pairs that are as frequent the one of lower numbers
/// is taken, as the library `tokenizers` does.
/// Reference: Sennrich, Haddow, Birch: Neural Machine Translation of Rare Words with Subword Units (ACL 2016).
public struct PairTrainer: Sendable {
    private struct Word {
        var ids: [Int32]
        var count: Int
    }

    private let family: TokenizerDescription.Family
    private let specials: [TokenizerDescription.Special]
    private let separators: AddedTokens
    private let rules: [PieceRule]
    private var counts: [[UInt8]: Int] = [:]

    /// Makes a trainer that has seen nothing.
    ///
    /// - Parameter specials: Tokens that stand for themselves, numbered from 0; true for those that steer the model.
    public init(family: TokenizerDescription.Family, specials: [(text: String, isControl: Bool)]) {
        self.family = family
        self.specials = specials.enumerated().map { place, special in
            TokenizerDescription.Special(text: special.text, id: Int32(place), isControl: special.isControl)
        }
        var separators = AddedTokens()
        for special in self.specials { separators.add(Array(special.text.utf8), id: special.id) }
        self.separators = separators
        rules =
            switch family {
            case .gpt2: [.gpt2]
            case .smollm: [.digits, .gpt2]
            case .llama3: [.llama3(digits: 3)]
            case .qwen2: [.llama3(digits: 1)]
            }
    }

    /// Takes a text in.
    public mutating func add(_ text: String) {
        for case .text(let part) in separators.parts(of: Array(text.utf8)) {
            let bytes = family == .qwen2 ? ComposedText.bytes(part) : part
            let text = ClassifiedText(bytes)
            var pieces = [0..<text.count]
            for rule in rules { pieces = pieces.flatMap { rule.pieces(of: text, in: $0) } }
            for piece in pieces { counts[Array(bytes[text.bytes(of: piece)]), default: 0] += 1 }
        }
    }

    /// The tokenizer of the texts.
    ///
    /// - Parameter size: The most tokens, special ones and the 256 bytes included; fewer when no pair is left.
    /// - Complexity: O(*merges* x *pairs*).
    public func description(size: Int) -> TokenizerDescription {
        var vocabulary: [String: Int32] = [:]
        var spellings: [String] = []
        var bytes = [Int32](repeating: 0, count: 256)
        let first = Int32(specials.count)
        for (scalar, byte) in ByteAlphabet.bytes.sorted(by: { $0.key.value < $1.key.value }) {
            bytes[Int(byte)] = first + Int32(spellings.count)
            spellings.append(String(scalar))
        }
        var words = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { piece, count in
            Word(ids: piece.map { bytes[Int($0)] }, count: count)
        }
        var pairs: [UInt64: Int] = [:]
        var places: [UInt64: Set<Int>] = [:]
        for (index, word) in words.enumerated() {
            for (left, right) in zip(word.ids, word.ids.dropFirst()) {
                let key = BytePairEncoding.key(left, right)
                pairs[key, default: 0] += word.count
                places[key, default: []].insert(index)
            }
        }
        var merges: [TokenizerDescription.Pair] = []
        while specials.count + spellings.count < size {
            let best = pairs.max { ($0.value, $1.key) < ($1.value, $0.key) }
            guard let best, best.value > 0 else { break }
            let left = Int32(truncatingIfNeeded: best.key >> 32)
            let right = Int32(truncatingIfNeeded: best.key & 0xFFFF_FFFF)
            let pair = TokenizerDescription.Pair(spellings[Int(left - first)], spellings[Int(right - first)])
            let id = first + Int32(spellings.count)
            merges.append(pair)
            spellings.append(pair.left + pair.right)
            for index in places[best.key] ?? [] {
                Self.merge(left, right, into: id, word: &words[index], index: index, &pairs, &places)
            }
            pairs[best.key] = nil
            places[best.key] = nil
        }
        for (place, spelling) in spellings.enumerated() { vocabulary[spelling] = first + Int32(place) }
        return TokenizerDescription(family: family, vocabulary: vocabulary, merges: merges, specials: specials)
    }

    // MARK: -

    private static func merge(
        _ left: Int32, _ right: Int32, into id: Int32, word: inout Word, index: Int, _ pairs: inout [UInt64: Int],
        _ places: inout [UInt64: Set<Int>]
    ) {
        var merged: [Int32] = []
        merged.reserveCapacity(word.ids.count)
        var place = 0
        while place < word.ids.count {
            if place + 1 < word.ids.count, word.ids[place] == left, word.ids[place + 1] == right {
                merged.append(id)
                place += 2
            } else {
                merged.append(word.ids[place])
                place += 1
            }
        }
        for (first, second) in zip(word.ids, word.ids.dropFirst()) {
            pairs[BytePairEncoding.key(first, second), default: 0] -= word.count
        }
        for (first, second) in zip(merged, merged.dropFirst()) {
            let key = BytePairEncoding.key(first, second)
            pairs[key, default: 0] += word.count
            places[key, default: []].insert(index)
        }
        word.ids = merged
    }
}
