import JSON
import Testing

@Suite("JSON is read and printed")
struct JSONParsingTests {
    @Test(
        "what is read prints the same",
        arguments: [
            #"{"b":1,"a":[true,false,null],"c":{"d":"é"}}"#, "[]", "{}", #""""#, "-9223372036854775808", "0.1",
            "1e+300",
            #""\u0000\u0001\"\\\n\r\t""#, #"[[[[1]]]]"#,
        ])
    func roundTrip(text: String) throws {
        #expect(try JSONValue.parse(text).serialized() == text)
    }

    @Test("the order of keys is kept, and does not matter to equality")
    func keyOrder() throws {
        let value = try JSONValue.parse(#"{"z":1,"a":2}"#)
        #expect(value.object?.keys == ["z", "a"])
        #expect(value == ["a": 2, "z": 1])
    }

    @Test("pretty printing reads back the same")
    func pretty() throws {
        let value: JSONValue = ["a": [1, 2.5, [:], []], "b": ["c": nil]]
        #expect(try JSONValue.parse(value.serialized(pretty: true)) == value)
    }

    @Test("infinities and not-a-number are printed as null")
    func notFinite() {
        #expect(JSONValue.array([.number(.infinity), .number(.nan)]).serialized() == "[null,null]")
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let line: Int
        let message: String
        var testDescription: String { name }

        init(_ name: String, _ text: String, line: Int = 1, message: String = "") {
            self.init(name, Array(text.utf8), line: line, message: message)
        }

        init(_ name: String, _ bytes: [UInt8], line: Int = 1, message: String = "") {
            self.name = name
            self.bytes = bytes
            self.line = line
            self.message = message
        }
    }

    static let bad = [
        Bad("an empty text", ""),
        Bad("blanks only", " \n ", line: 2),
        Bad("equal keys", "{\n\"a\": 1,\n\"a\": 2}", line: 3, message: "duplicate"),
        Bad("equal keys spelt in two ways", #"{"\u00e9": 1, "e\u0301": 2}"#, message: "duplicate"),
        Bad("a NUL byte between values", [0x5B, 0x31, 0x00, 0x5D], message: "NUL"),
        Bad("a NUL byte in a string", [0x22, 0x61, 0x00, 0x22], message: "NUL"),
        Bad("invalid UTF-8", [0x22, 0xFF, 0x22], message: "UTF-8"),
        Bad("a lone surrogate", #""\ud800""#),
        Bad("something behind the end", "{}\n{}", line: 2),
        Bad("a whole number beyond 64 bits", "[1,\n99999999999999999999]", line: 2, message: "big"),
        Bad("a number beyond all doubles", "1e999"),
        Bad("a comma too many", "[1,]"),
        Bad("single quotes", "{'a': 1}"),
        Bad("a text cut short", "{\"a\":\n\n[1, 2", line: 3),
    ]

    @Test("bad texts are errors with a line and a column", arguments: bad)
    func badText(bad: Bad) throws {
        let error = try #require(throws: JSONError.self) { try JSONValue.parse(bad.bytes) }
        #expect(error.line == bad.line)
        #expect(error.column >= 1)
        #expect(error.message.contains(bad.message))
    }

    @Test("depth is bounded, with the place of the bracket that is too many")
    func depth() throws {
        let limits = JSONLimits(depth: 3)
        #expect(try JSONValue.parse(#"[[["[[[["]]]"#, limits: limits) == [[["[[[["]]])
        let error = try #require(throws: JSONError.self) { try JSONValue.parse("[[\n[ [1]]]]", limits: limits) }
        #expect(error.line == 2 && error.column == 3)
        #expect(throws: JSONError.self) {
            try JSONValue.parse([UInt8](repeating: UInt8(ascii: "["), count: 10_000_000))
        }
    }

    @Test("size is bounded")
    func size() throws {
        #expect(throws: JSONError.self) { try JSONValue.parse("[1,2,3]", limits: JSONLimits(bytes: 6)) }
        #expect(try JSONValue.parse("[1,2,3]", limits: JSONLimits(bytes: 7)) == [1, 2, 3])
    }
}
