import JSON
import Testing

@Suite("Fields are read by name and type")
struct JSONFieldsTests {
    static let text = """
        {
          "name": 3,
          "ré": {"é": [1, "x"]},
          "run": {"command": ["a", 7], "empty": null}
        }
        """
    static let source = JSONSource(text, file: "plugin.json")

    private func fields() throws -> JSONFields { try JSONFields(Self.source.parse(), source: Self.source) }

    @Test("an error names file, line, column and path")
    func place() throws {
        let fields = try fields()
        let name = try #require(throws: JSONError.self) { try fields.string("name") }
        #expect(name.description == "plugin.json:2:11: $.name: expected a string, found a number")
        let command = try #require(throws: JSONError.self) { try fields.object("run").strings("command") }
        #expect(command.description == "plugin.json:4:28: $.run.command[1]: expected a string, found a number")
        let missing = try #require(throws: JSONError.self) { try fields.object("run").integer("speed") }
        #expect(missing.description == "plugin.json:4:10: $.run: missing field \"speed\"")
        let empty = try #require(throws: JSONError.self) { try fields.object("run").bool("empty") }
        #expect(empty.description == "plugin.json:4:41: $.run.empty: must not be null")
    }

    @Test("columns count characters")
    func characters() throws {
        let error = Self.source.error("here", at: JSONPath([.key("ré"), .key("é"), .index(1)]))
        #expect(error.description == #"plugin.json:3:19: $["ré"]["é"][1]: here"#)
    }

    @Test("unknown fields are refused")
    func unknown() throws {
        let error = try #require(throws: JSONError.self) { try fields().rejectUnknown(allowed: ["name", "run"]) }
        #expect(error.line == 3)
        #expect(error.message.contains("unknown field"))
    }

    @Test("what is optional may be missing or null, and nothing else")
    func optional() throws {
        let run = try fields().object("run")
        #expect(try run.optionalString("empty") == nil)
        #expect(try run.optionalArray("none") == nil)
        #expect(throws: JSONError.self) { try run.optionalString("command") }
    }

    @Test("a whole number may be written with a point, a fraction may not")
    func integers() throws {
        let fields = try JSONFields(.parse(#"{"a": 3.0, "b": 3.5, "c": 3}"#))
        #expect(try fields.integer("a") == 3)
        #expect(try fields.double("c") == 3)
        #expect(throws: JSONError.self) { try fields.integer("b") }
    }
}
