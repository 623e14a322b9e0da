import JSON
import Testing

@testable import Tasks

@Suite("A snippet")
struct SnippetTests {
    @Test("is read from its JSON and written back with every field that it came with")
    func roundTrip() throws {
        let json: JSONValue = ["id": "a/1", "language": "python", "code": "print(1)\n", "licence": "MIT", "n": 3]
        let snippet = try Snippet(json)
        #expect(snippet.code == "print(1)\n")
        #expect(snippet.fields == ["licence": "MIT", "n": 3])
        #expect(snippet.json == json)
    }

    @Test("takes a name and a language from its place when its line has none")
    func defaults() throws {
        let snippet = try Snippet(["code": "x"], defaultID: "line 4", defaultLanguage: "lua")
        #expect(snippet.id == "line 4")
        #expect(snippet.language == "lua")
        #expect(try Snippet(["id": 7, "language": "c", "code": ""]).id == "7")
    }

    @Test(
        "is refused with the field that is wrong",
        arguments: [
            (#"{"code": "x"}"#, "language"), (#"{"language": "c"}"#, "code"),
            (#"{"language": "c", "code": 3}"#, "code"), (#"[1]"#, "object"),
        ])
    func errors(text: String, mention: String) throws {
        let error = try #require(throws: TaskError.self) { try Snippet(try JSONSource(text).parse()) }
        #expect(error.description.contains(mention))
    }
}
