import JSON

extension TokenizerDescription {
    /// Takes the lists that a GGUF file holds under `tokenizer.ggml`.
    ///
    /// - Parameters:
    ///   - rules: The name of the way to cut texts, `tokenizer.ggml.pre`.
    ///   - tokens: The tokens in the order of their numbers.
    ///   - types: The type of each token: 1 ordinary, 2 unknown, 3 control, 4 defined by the user, 5 unused.
    ///   - merges: The merges, each two tokens with a blank between.
    /// - Throws: `TokenizerError` when the lists do not fit together or the rules are not known.
    public init(rules: String, tokens: [String], types: [Int64], merges: [String]) throws(TokenizerError) {
        guard let family = Self.families[rules] else {
            let known = Self.families.keys.sorted().joined(separator: ", ")
            throw TokenizerError(JSONError("the rules '\(rules)' are not known; known are \(known)", path: "pre"))
        }
        guard types.isEmpty || types.count == tokens.count else {
            throw TokenizerError(
                JSONError("\(types.count) types do not fit \(tokens.count) tokens", path: "token_type"))
        }
        var vocabulary: [String: Int32] = [:]
        var specials: [Special] = []
        for (place, token) in tokens.enumerated() {
            let id = Int32(truncatingIfNeeded: place)
            switch types.isEmpty ? 1 : types[place] {
            case 1, 5: vocabulary[token] = id
            case 2, 3: specials.append(Special(text: token, id: id))
            case 4: specials.append(Special(text: token, id: id, isControl: false))
            default:
                throw TokenizerError(
                    JSONError("token \(place) has the unknown type \(types[place])", path: "token_type"))
            }
        }
        var pairs: [Pair] = []
        pairs.reserveCapacity(merges.count)
        for (place, merge) in merges.enumerated() {
            let sides = merge.split(separator: " ", omittingEmptySubsequences: false)
            guard sides.count == 2 else {
                throw TokenizerError(JSONError("merge \(place) is not two tokens", path: "merges"))
            }
            pairs.append(Pair(String(sides[0]), String(sides[1])))
        }
        self.init(family: family, vocabulary: vocabulary, merges: pairs, specials: specials)
    }

    private static let families: [String: Family] = [
        "gpt2": .gpt2, "gpt-2": .gpt2, "smollm": .smollm, "llama-bpe": .llama3, "llama3": .llama3,
        "llama-v3": .llama3, "qwen2": .qwen2,
    ]
}
