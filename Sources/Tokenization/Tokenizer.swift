/// A byte-level byte-pair tokenizer, as a file `tokenizer.json` describes it.
///
/// Its ids are those that the library `tokenizers` gives, to the last one. What a file may ask for is what the models that
/// are meant ask for: the rules of GPT-2, SmolLM, Llama 3 and Qwen 2; a file that asks for anything else is refused,
/// because a count that is nearly right is wrong.
///
/// The way of a text: tokens that stand for themselves are cut out, the rest is composed (NFC) where the file says so, cut
/// into pieces by the rules, and each piece, as bytes, is put together from the merges of lowest rank.
/// Reference: Sennrich, Haddow, Birch: Neural Machine Translation of Rare Words with Subword Units (ACL 2016).
public struct Tokenizer: Sendable {
    let encoding: BytePairEncoding
    let rules: [PieceRule]
    /// Whether texts are composed before they are cut.
    let composes: Bool
    /// Tokens that are looked for in the text as it comes, and in the composed text.
    let literal: AddedTokens
    let composed: AddedTokens
    /// Those of the literal ones that do not steer the model.
    let harmless: AddedTokens
    /// The tokens that steer the model, such as the one that ends a turn, by how they are written.
    public let controls: [String: Int32]
    /// What each token stands for; empty where there is no token of that number.
    let spellings: [[UInt8]]

    /// One more than the greatest id.
    public var vocabularySize: Int { spellings.count }

    /// The tokens of a text; nothing is put before or behind them.
    ///
    /// - Parameter readsControls: Whether what is written like a token that steers the model becomes that token. A text
    ///   of others, such as a program, must not be able to end its own turn.
    /// - Complexity: O(*n* log *n*) in the length of the text.
    public func encode(_ text: String, readsControls: Bool = true) -> [Int32] {
        var ids: [Int32] = []
        for part in (readsControls ? literal : harmless).parts(of: Array(text.utf8)) {
            switch part {
            case .token(let id): ids.append(id)
            case .text(let bytes): encode(composes ? ComposedText.bytes(bytes) : bytes, into: &ids)
            }
        }
        return ids
    }

    /// How many tokens a text has.
    public func count(_ text: String) -> Int { encode(text).count }

    /// What tokens stand for; an id that there is not stands for nothing.
    ///
    /// A token may end within a character, so only a whole text is sure to be UTF-8.
    public func decode(_ ids: some Sequence<Int32>) -> [UInt8] {
        ids.flatMap { spellings.indices.contains(Int($0)) ? spellings[Int($0)] : [] }
    }

    /// What tokens stand for as a person reads it: tokens that steer the model are left out.
    public func text(_ ids: some Sequence<Int32>) -> String {
        let steering = Set(controls.values)
        return String(decoding: decode(ids.lazy.filter { !steering.contains($0) }), as: UTF8.self)
    }

    private func encode(_ bytes: [UInt8], into ids: inout [Int32]) {
        for part in composed.parts(of: bytes) {
            switch part {
            case .token(let id): ids.append(id)
            case .text(let bytes):
                let text = ClassifiedText(bytes)
                var pieces = [0..<text.count]
                for rule in rules { pieces = pieces.flatMap { rule.pieces(of: text, in: $0) } }
                for piece in pieces { encoding.append(bytes[text.bytes(of: piece)], to: &ids) }
            }
        }
    }
}

extension Tokenizer {
    /// The number of a token that steers the model.
    ///
    /// - Throws: `TokenizerError` when there is none that is written so.
    public func control(_ text: String) throws(TokenizerError) -> Int32 {
        guard let id = controls[text] else {
            throw TokenizerError("the tokenizer has no token '\(text)'")
        }
        return id
    }
}
