import JSON
import Testing

@testable import Tokenization

@Suite("The description of a tokenizer")
struct TokenizerDescriptionTests {
    typealias Family = TokenizerDescription.Family

    /// The lists that a GGUF file would hold of a fixture.
    static func description(_ family: Family) throws -> TokenizerDescription {
        let fields = try #require(TokenizerTests.source(family.rawValue).parse().object)
        let model = try #require(fields["model"]?.object)
        let vocabulary = try #require(model["vocab"]?.object)
        // The fixtures have tokens that are looked for in composed text, which no GGUF file has.
        let specials = fields["added_tokens"]?.array?.filter { $0["normalized"]?.bool == false } ?? []
        var tokens = [String](repeating: "", count: 704)
        var types = [Int64](repeating: 5, count: 704)
        for (token, id) in vocabulary {
            let place = try #require(id.integer.map(Int.init))
            (tokens[place], types[place]) = (token, 1)
        }
        for special in specials {
            let place = try #require(special["id"]?.integer.map(Int.init))
            (tokens[place], types[place]) = (try #require(special["content"]?.string), 3)
        }
        let merges = try #require(model["merges"]?.array).map { $0.array?.compactMap(\.string).joined(separator: " ") }
        let names: [Family: String] = [.gpt2: "gpt-2", .smollm: "smollm", .llama3: "llama-bpe", .qwen2: "qwen2"]
        return try TokenizerDescription(
            rules: names[family] ?? "", tokens: tokens, types: types, merges: merges.compactMap { $0 })
    }

    @Test("as a GGUF file has it gives the ids of the file of transformers", arguments: Family.allCases)
    func ids(family: Family) throws {
        let described = try Self.description(family).tokenizer()
        let read = try TokenizerTests.tokenizer(family.rawValue)
        for text in try TokenizerTests.texts() where !text.contains("Clock") && !text.contains("caf") {
            #expect(described.encode(text) == read.encode(text), "\(text.debugDescription)")
        }
        let id = try described.control("<|im_end|>")
        #expect(try id == read.control("<|im_end|>"))
        #expect(throws: TokenizerError.self) { try described.control("<|nothing|>") }
    }

    @Test("is written as a file that is read back the same", arguments: Family.allCases)
    func writing(family: Family) throws {
        let description = try Self.description(family)
        let text = description.json.serialized()
        let read = try Tokenizer(reading: JSONSource(text))
        let described = try description.tokenizer()
        for text in try TokenizerTests.texts() { #expect(described.encode(text) == read.encode(text)) }
    }

    @Test("whose lists do not fit is refused")
    func refusals() {
        typealias Description = TokenizerDescription
        #expect(throws: TokenizerError.self) {
            try Description(rules: "other", tokens: [], types: [], merges: [])
        }
        #expect(throws: TokenizerError.self) {
            try Description(rules: "gpt-2", tokens: ["a"], types: [1, 1], merges: [])
        }
        #expect(throws: TokenizerError.self) {
            try Description(rules: "gpt-2", tokens: ["a"], types: [6], merges: [])
        }
        #expect(throws: TokenizerError.self) {
            try Description(rules: "gpt-2", tokens: ["a"], types: [1], merges: ["abc"])
        }
        #expect(throws: TokenizerError.self) {
            try Description(rules: "gpt-2", tokens: ["a"], types: [1], merges: ["a b"]).tokenizer()
        }
    }

    @Test("passes over bytes that have no token, as the library does")
    func missingBytes() throws {
        let description = TokenizerDescription(
            family: .gpt2, vocabulary: ["a": 0, "b": 1, "ab": 2], merges: [.init("a", "b")], specials: [])
        #expect(try description.tokenizer().encode("a!b?") == [0, 1])
        #expect(try description.tokenizer().encode("a\u{3}b") == [0, 1])
        #expect(try description.tokenizer().encode("abc") == [2])
    }

    @Test("is learnt from texts as the library learns it", arguments: Family.allCases)
    func training(family: Family) throws {
        let fixture = try #require(TokenizerTests.source("trainer").parse().object)
        let expected = try #require(fixture["families"]?[family.rawValue])
        let specials = try #require(fixture["specials"]?.array).compactMap { $0.string.map { ($0, true) } }
        var trainer = PairTrainer(family: family, specials: specials)
        for text in try #require(fixture["texts"]?.array).compactMap(\.string) { trainer.add(text) }
        let description = trainer.description(size: 330)
        let merges = description.merges.map { [$0.left, $0.right] }
        #expect(merges == expected["merges"]?.array?.map { $0.array?.compactMap(\.string) ?? [] })
        for entry in try #require(expected["vocab"]?.array) {
            let token = try #require(entry.array?.first?.string)
            guard !specials.contains(where: { $0.0 == token }) else { continue }
            #expect(description.vocabulary[token].map(Int64.init) == entry.array?.last?.integer)
        }
        #expect(try description.tokenizer().vocabularySize == 330)
        // With room for everything every piece becomes one token, and then there is nothing left to merge.
        let size = try trainer.description(size: 5000).tokenizer().vocabularySize
        #expect(size < 5000 && size > 330)
    }
}
