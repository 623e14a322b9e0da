import Foundation
import JSON
import TestSupport
import Testing

@testable import Tokenization

@Suite("A tokenizer read from a file")
struct TokenizerTests {
    /// The rules of GPT-2, SmolLM, Llama 3 and Qwen 2; `Tests/Fixtures/tokenizers/make.py` made them.
    static let families = ["gpt2", "smollm", "llama3", "qwen2"]

    static func source(_ name: String) throws -> JSONSource {
        let path = "\(PackageRoot.path)/Tests/Fixtures/tokenizers/\(name).json"
        return JSONSource([UInt8](try Data(contentsOf: URL(filePath: path))))
    }

    static func tokenizer(_ name: String) throws -> Tokenizer { try Tokenizer(reading: source(name)) }

    /// The fixtures' texts.
    static func texts() throws -> [String] {
        try #require(source("cases").parse().object?["texts"]?.array).compactMap(\.string)
    }

    @Test("gives the ids that the library tokenizers gives", arguments: families)
    func ids(family: String) throws {
        let tokenizer = try Self.tokenizer(family)
        let cases = try #require(Self.source("cases").parse().object)
        let expected = try #require(cases["ids"]?.object?[family]?.array)
        let texts = try Self.texts()
        #expect(texts.count == expected.count && texts.count > 80)
        for (text, ids) in zip(texts, expected) {
            #expect(
                tokenizer.encode(text).map { Int64($0) } == ids.array?.compactMap(\.integer), "\(text.debugDescription)"
            )
        }
    }

    @Test("gives a text back from its tokens", arguments: families)
    func decoding(family: String) throws {
        let tokenizer = try Self.tokenizer(family)
        for text in try Self.texts() {
            let bytes = tokenizer.composes ? ComposedText.bytes(Array(text.utf8)) : Array(text.utf8)
            #expect(tokenizer.decode(tokenizer.encode(text)) == bytes)
        }
        #expect(tokenizer.decode([-1, Int32.max]) == [])
        #expect(tokenizer.vocabularySize == 704)
    }

    @Test("merges as the definition says, looked up step by step", arguments: families)
    func definition(family: String) throws {
        let encoding = try Self.tokenizer(family).encoding
        for text in try Self.texts() where encoding.whole.isEmpty {
            var ids: [Int32] = []
            encoding.append(Array(text.utf8)[...], to: &ids)
            #expect(ids == Self.merged(Array(text.utf8), by: encoding))
        }
    }

    /// Merges the leftmost pair of lowest rank until there is none.
    private static func merged(_ bytes: [UInt8], by encoding: BytePairEncoding) -> [Int32] {
        var ids = bytes.map { encoding.bytes[Int($0)] }
        while true {
            let pairs = zip(ids, ids.dropFirst()).map { encoding.merges[BytePairEncoding.key($0, $1)] }
            let best = pairs.indices.compactMap { place in pairs[place].map { (place, $0) } }.min {
                $0.1.rank < $1.1.rank
            }
            guard let (place, merge) = best else { return ids }
            ids.replaceSubrange(place...(place + 1), with: [merge.id])
        }
    }

    @Test("takes long lines in its stride")
    func long() throws {
        let tokenizer = try Self.tokenizer("qwen2")
        #expect(tokenizer.count(String(repeating: "=", count: 200_000)) > 0)
        #expect(tokenizer.count(String(repeating: "ab ", count: 100_000)) > 100_000)
    }

    @Test(
        "refuses what it would count wrong, and says where",
        arguments: [
            (#""type":"NFC""#, #""type":"NFKC""#, "$.normalizer.type"),
            (#""behavior":"Isolated""#, #""behavior":"Removed""#, "pattern"),
            (#"\\p{N}|"#, #"\\p{N}+|"#, "pattern"), (#""use_regex":false"#, #""use_regex":1"#, "use_regex"),
            (#""add_prefix_space":false"#, #""add_prefix_space":true"#, "add_prefix_space"),
            (#""lstrip":false"#, #""lstrip":true"#, "lstrip"), (#""id":700"#, #""id":-1"#, "added_tokens[1]"),
            (#""type":"BPE""#, #""type":"Unigram""#, "$.model.type"),
            (#""dropout":null"#, #""dropout":0.1"#, "dropout"),
            (#""merges":[["#, #""merges":[["!","zq"],["#, "merges[0]"),
            (#""!":1,"#, "", "merges"), (#""model":"#, #""mode":"#, "model"),
        ])
    func refusals(old: String, new: String, place: String) throws {
        let text = String(decoding: try Self.source("qwen2").bytes, as: UTF8.self)
        let parts = text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        let error = #expect(throws: TokenizerError.self) {
            try Tokenizer(reading: JSONSource(Array((parts[0] + new + parts[1]).utf8)))
        }
        #expect(error?.description.contains(place) == true, "\(error?.description ?? "")")
    }

    @Test("is read or refused, and never traps, whatever its file holds", arguments: families)
    func mutations(family: String) throws {
        let seed = try Self.source(family).bytes
        var random = SplitMix(state: 11)
        let interesting = Array("{}[]\",:\\u019-.tfn ".utf8) + [0x80, 0xC3, 0xFF]
        var read = 0
        for _ in 0..<300 {
            var bytes = seed
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                // Mostly near the ends, where the rules and the first and last of the lists stand.
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let near = Bool.random(using: &random) ? place % 1500 : place
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes.remove(at: near)
                case 1: bytes.insert(interesting.randomElement(using: &random) ?? 0, at: near)
                default: bytes[near] = interesting.randomElement(using: &random) ?? 0
                }
            }
            guard let tokenizer = try? Tokenizer(reading: JSONSource(bytes)) else { continue }
            read += 1
            for text in ["", "it's 1234  \n\u{1F600}", "<|im_start|>\u{0}"] {
                _ = tokenizer.decode(tokenizer.encode(text))
            }
        }
        #expect(read > 0 && read < 300)
    }
}
