public import JSON

extension Tokenizer {
    /// The largest file that is read, in bytes.
    public static let fileLimit = 64 << 20
    private static let idLimit = 1 << 21

    /// Reads a file `tokenizer.json`.
    ///
    /// What it says of truncation, padding and of tokens put around a text is left out.
    ///
    /// - Throws: `TokenizerError` with the place of what is wrong or not known here.
    public init(reading source: JSONSource) throws(TokenizerError) {
        do throws(JSONError) {
            try self.init(JSONFields(source.parse(limits: JSONLimits(bytes: Self.fileLimit)), source: source))
        } catch {
            throw TokenizerError(error)
        }
    }

    /// Takes the content of a file `tokenizer.json`.
    ///
    /// - Throws: `TokenizerError` with the place of what is wrong or not known here.
    public init(_ json: JSONValue) throws(TokenizerError) {
        do throws(JSONError) { try self.init(JSONFields(json)) } catch { throw TokenizerError(error) }
    }

    private init(_ fields: JSONFields) throws(JSONError) {
        composes = try Self.composes(fields)
        rules = try Self.rules(fields, "pre_tokenizer")
        guard !rules.isEmpty else { throw fields.error("expected a byte-level rule", at: "pre_tokenizer") }
        guard let model = try fields.optionalObject("model") else { throw fields.error("missing field \"model\"") }
        let vocabulary = try Self.vocabulary(model)
        encoding = try BytePairEncoding(model, vocabulary)
        var spellings: [[UInt8]] = []
        func spell(_ token: [UInt8], _ id: Int32) {
            while spellings.count <= Int(id) { spellings.append([]) }
            spellings[Int(id)] = token
        }
        for (token, id) in vocabulary { spell(ByteAlphabet.spelling(of: token), id) }
        var literal = AddedTokens()
        var harmless = AddedTokens()
        var composed = AddedTokens()
        var controls: [String: Int32] = [:]
        for token in try fields.optionalObjects("added_tokens") ?? [] {
            for name in ["single_word", "lstrip", "rstrip"] where try token.optionalBool(name) == true {
                throw token.error("is not supported", at: name)
            }
            let id = try Self.id(try token.integer("id"), at: token)
            let content = Array(try token.string("content").utf8)
            if try token.optionalBool("normalized") ?? true {
                composed.add(composes ? ComposedText.bytes(content) : content, id: id)
            } else {
                literal.add(content, id: id)
            }
            if try token.optionalBool("special") ?? false {
                controls[try token.string("content")] = id
            } else if try token.optionalBool("normalized") == false {
                harmless.add(content, id: id)
            }
            spell(content, id)
        }
        self.literal = literal
        self.harmless = harmless
        self.controls = controls
        self.composed = composed
        self.spellings = spellings
    }

    // MARK: - Rules

    private static func composes(_ fields: JSONFields) throws(JSONError) -> Bool {
        guard let normalizer = try fields.optionalObject("normalizer") else { return false }
        switch try normalizer.string("type") {
        case "NFC": return true
        case "Sequence":
            for one in try normalizer.optionalObjects("normalizers") ?? [] where try one.string("type") != "NFC" {
                throw one.error("is not supported; only NFC is", at: "type")
            }
            return try normalizer.optionalObjects("normalizers")?.isEmpty == false
        default: throw normalizer.error("is not supported; only NFC is", at: "type")
        }
    }

    private static func rules(_ fields: JSONFields, _ name: String) throws(JSONError) -> [PieceRule] {
        guard let splitter = try fields.optionalObject(name) else { return [] }
        guard try splitter.string("type") == "Sequence" else { return try rules(splitter) }
        var all: [PieceRule] = []
        let parts = try splitter.optionalObjects("pretokenizers") ?? []
        // Bytes come last: a rule behind them would see their letters instead of the text's.
        guard let last = parts.last, try last.string("type") == "ByteLevel" else {
            throw splitter.error("expected ByteLevel as the last", at: "pretokenizers")
        }
        for part in parts { all += try rules(part) }
        return all
    }

    private static func rules(_ fields: JSONFields) throws(JSONError) -> [PieceRule] {
        switch try fields.string("type") {
        case "ByteLevel":
            if try fields.optionalBool("add_prefix_space") ?? true {
                throw fields.error("is not supported", at: "add_prefix_space")
            }
            return try fields.optionalBool("use_regex") ?? true ? [.gpt2] : [.whole]
        case "Digits":
            guard try fields.optionalBool("individual_digits") == true else {
                throw fields.error("expected true", at: "individual_digits")
            }
            return [.digits]
        case "Split":
            guard try fields.string("behavior") == "Isolated", try fields.optionalBool("invert") != true,
                let pattern = try fields.optionalObject("pattern"), let rule = patterns[try pattern.string("Regex")]
            else { throw fields.error("this way of cutting a text is not known", at: "pattern") }
            return [rule]
        default: throw fields.error("is not supported; ByteLevel, Digits, Split and Sequence are", at: "type")
        }
    }

    private static let patterns: [String: PieceRule] = [
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#: .gpt2,
        PieceRule.llama3Pattern("{1,3}"): .llama3(digits: 3),
        PieceRule.llama3Pattern(""): .llama3(digits: 1),
    ]

    // MARK: - Vocabulary

    private static func vocabulary(_ model: JSONFields) throws(JSONError) -> [String: Int32] {
        if let type = try model.optionalString("type"), type != "BPE" {
            throw model.error("is not supported; only BPE is", at: "type")
        }
        if let dropout = try model.optionalDouble("dropout"), dropout != 0 {
            throw model.error("is not supported", at: "dropout")
        }
        for name in ["continuing_subword_prefix", "end_of_word_suffix"] {
            if let text = try model.optionalString(name), !text.isEmpty {
                throw model.error("is not supported", at: name)
            }
        }
        guard let vocab = try model.optionalObject("vocab") else { throw model.error("missing field \"vocab\"") }
        var vocabulary: [String: Int32] = [:]
        for (token, value) in vocab.members {
            guard let id = value.integer else { throw vocab.error("expected a whole number", at: token) }
            vocabulary[token] = try Self.id(Int(id), at: vocab)
        }
        return vocabulary
    }

    /// A number that may be a token's.
    private static func id(_ number: Int, at fields: JSONFields) throws(JSONError) -> Int32 {
        guard (0..<idLimit).contains(number) else { throw fields.error("the number \(number) is no token's") }
        return Int32(number)
    }
}

extension BytePairEncoding {
    fileprivate init(_ model: JSONFields, _ vocabulary: [String: Int32]) throws(JSONError) {
        var bytes = [Int32](repeating: -1, count: 256)
        for (scalar, byte) in ByteAlphabet.bytes {
            // A byte without a token is what the model never saw: the library passes over it, and so do we.
            if let id = vocabulary[String(scalar)] { bytes[Int(byte)] = id }
        }
        self.bytes = bytes
        if let name = try model.optionalString("unk_token"), bytes.contains(-1) {
            throw model.error("the token '\(name)' for what is unknown is not supported", at: "unk_token")
        }
        var merges: [UInt64: Merge] = [:]
        guard let list = model.members["merges"]?.array else { throw model.error("expected an array", at: "merges") }
        for (rank, value) in list.enumerated() {
            guard let (left, right) = Self.pair(value), let first = vocabulary[left], let second = vocabulary[right],
                let id = vocabulary[left + right]
            else {
                throw model.error(
                    "expected two tokens that make a third",
                    at: model.path.appending(key: "merges").appending(index: rank))
            }
            merges[Self.key(first, second)] = Merge(rank: Int32(rank), id: id)
        }
        self.merges = merges
        var whole: [[UInt8]: Int32] = [:]
        if try model.optionalBool("ignore_merges") == true {
            for (token, id) in vocabulary { whole[ByteAlphabet.spelling(of: token)] = id }
        }
        self.whole = whole
    }

    /// Both sides of a merge, which newer files write as a list and older ones with a blank between.
    private static func pair(_ value: JSONValue) -> (String, String)? {
        if let list = value.array, list.count == 2, let left = list[0].string, let right = list[1].string {
            return (left, right)
        }
        guard let sides = value.string?.split(separator: " ", omittingEmptySubsequences: false), sides.count == 2 else {
            return nil
        }
        return (String(sides[0]), String(sides[1]))
    }
}
