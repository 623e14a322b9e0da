public import JSON

/// What a tokenizer is made of, wherever it came from: its tokens, its merges and the family whose rules it follows.
public struct TokenizerDescription: Sendable, Hashable {
    /// The rules by which texts are cut, by the models that they came with.
    public enum Family: String, Sendable, Hashable, CaseIterable {
        case gpt2, smollm, llama3, qwen2
    }

    /// A token that stands for itself wherever it is written.
    public struct Special: Sendable, Hashable {
        /// What it is written as.
        public var text: String
        /// Its number.
        public var id: Int32
        /// Whether it steers the model, so that it is left out of what a person reads.
        public var isControl: Bool

        /// Makes a special token.
        public init(text: String, id: Int32, isControl: Bool = true) {
            self.text = text
            self.id = id
            self.isControl = isControl
        }
    }

    /// Two tokens that make a third.
    public struct Pair: Sendable, Hashable {
        /// The token on the left.
        public var left: String
        /// The token on the right.
        public var right: String

        /// Makes a pair.
        public init(_ left: String, _ right: String) {
            self.left = left
            self.right = right
        }
    }

    /// The rules.
    public var family: Family
    /// The ordinary tokens, in the alphabet that files write bytes with.
    public var vocabulary: [String: Int32]
    /// The merges, the most urgent first.
    public var merges: [Pair]
    /// The tokens that stand for themselves.
    public var specials: [Special]

    /// Makes a description.
    public init(family: Family, vocabulary: [String: Int32], merges: [Pair], specials: [Special]) {
        self.family = family
        self.vocabulary = vocabulary
        self.merges = merges
        self.specials = specials
    }

    /// The file `tokenizer.json` that transformers reads.
    public var json: JSONValue {
        // The library numbers a special token anew that the vocabulary does not have.
        let all = vocabulary.merging(specials.map { ($0.text, $0.id) }) { $1 }
        let tokens = all.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        return [
            "version": "1.0", "truncation": nil, "padding": nil,
            "added_tokens": .array(
                specials.sorted { $0.id < $1.id }.map { special in
                    [
                        "id": .integer(Int64(special.id)), "content": .string(special.text), "single_word": false,
                        "lstrip": false, "rstrip": false, "normalized": false, "special": .bool(special.isControl),
                    ]
                }),
            "normalizer": family == .qwen2 ? ["type": "NFC"] : nil,
            "pre_tokenizer": family.json,
            "post_processor": nil,
            "decoder": ["type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true],
            "model": [
                "type": "BPE", "dropout": nil, "unk_token": nil, "continuing_subword_prefix": nil,
                "end_of_word_suffix": nil, "fuse_unk": false, "byte_fallback": false,
                "ignore_merges": .bool(family == .llama3),
                "vocab": .object(JSONObject(tokens.map { ($0.key, .integer(Int64($0.value))) })),
                "merges": .array(merges.map { [.string($0.left), .string($0.right)] }),
            ],
        ]
    }

    /// The tokenizer.
    ///
    /// - Throws: `TokenizerError` when a merge has no tokens, or a number is no token's.
    public func tokenizer() throws(TokenizerError) -> Tokenizer { try Tokenizer(json) }
}

extension TokenizerDescription.Family {
    /// The rules as `tokenizer.json` writes them.
    fileprivate var json: JSONValue {
        switch self {
        case .gpt2: Self.bytes(cutting: true)
        case .smollm:
            [
                "type": "Sequence",
                "pretokenizers": [["type": "Digits", "individual_digits": true], Self.bytes(cutting: true)],
            ]
        case .llama3: Self.split(PieceRule.llama3Pattern("{1,3}"))
        case .qwen2: Self.split(PieceRule.llama3Pattern(""))
        }
    }

    private static func bytes(cutting: Bool) -> JSONValue {
        ["type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": .bool(cutting)]
    }

    private static func split(_ pattern: String) -> JSONValue {
        [
            "type": "Sequence",
            "pretokenizers": [
                [
                    "type": "Split", "pattern": ["Regex": .string(pattern)], "behavior": "Isolated", "invert": false,
                ],
                bytes(cutting: false),
            ],
        ]
    }
}
