import Tasks
import Testing

@Suite("Outputs are compared")
struct ComparatorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let comparator: Comparator
        let actual: String
        let expected: String
        let matches: Bool?
        var testDescription: String { "\(comparator): \(actual.debugDescription) / \(expected.debugDescription)" }

        init(_ comparator: Comparator, _ actual: String, _ expected: String, _ matches: Bool?) {
            self.comparator = comparator
            self.actual = actual
            self.expected = expected
            self.matches = matches
        }
    }

    static let decimal = Comparator.floats(absolute: 0, relative: 0)
    static let close = Comparator.floats(absolute: 1e-6, relative: 1e-3)
    static let rows: [Row] = [
        Row(.exact, "a\n", "a\n", true), Row(.exact, "a", "a\n", false), Row(.exact, "e\u{301}", "é", false),
        Row(.trimmed, "\n\na  \r\nb\n\n", "a\nb", true), Row(.trimmed, " a", "a", false),
        Row(.trimmed, "", "\n \n", true),
        Row(.trimmed, "a\n\nb", "a\nb", false), Row(.trimmed, "e\u{301}", "é", false),
        Row(.tokens, " 1\n2\t3 ", "1 2 3", true), Row(.tokens, "1 2", "1 2 3", false), Row(.tokens, "12", "1 2", false),
        Row(decimal, "1.0 2", "1 2.00", true), Row(decimal, "1.0001", "1", false),
        Row(decimal, "YES 1e3", "YES 1000", true),
        Row(decimal, "123456789012345678901", "123456789012345678902", false), Row(decimal, "007", "7", true),
        Row(close, "0.3333", "0.33333", true), Row(close, "0.3", "0.33333", false), Row(close, "abc", "abd", false),
        Row(close, "nan", "nan", true), Row(close, "inf", "1e300", false), Row(close, "inf", "inf", true),
        Row(close, "-inf", "inf", false),
        Row(.json, "{'a': [1, 2.0], 'b': None}", #"{"b": null, "a": [1, 2]}"#, true),
        Row(.json, "(1, 2)", "[1,2]", true),
        Row(.json, "True", "1", false), Row(.json, "true", "True", true), Row(.json, "'it\\'s'", "\"it's\"", true),
        Row(.json, "{1, 2}", "{2, 1}", true), Row(.json, "set()", "{}", false), Row(.json, "(1)", "1", true),
        Row(.json, "(1,)", "[1]", true), Row(.json, "[1, 2", "[1, 2]", false),
        Row(.json, "not a literal", "not a literal", true),
        Row(.json, "99999999999999999999", "99999999999999999998", false), Row(.json, "1e3", "1000", true),
        Row(.json, #""\ud83d\ude00""#, "'😀'", true), Row(.json, "b'\\xff'", "'\\xff'", false), Row(.json, "", "", true),
        Row(.json, "[[1],]", "[[1]]", true), Row(.json, "[,]", "[]", false), Row(.json, "nan", "nan", true),
        Row(.unordered, "b\na\n", "a\nb", true), Row(.unordered, "a\na\nb", "a\nb\nb", false),
        Row(.checker(language: "python", program: ""), "a", "a", nil),
    ]

    @Test("each comparator says what it should", arguments: rows)
    func matching(row: Row) {
        #expect(row.comparator.matches(actual: row.actual, expected: row.expected) == row.matches)
    }

    @Test("a literal nested without end is no literal, and no crash")
    func deepLiteral() {
        let deep = String(repeating: "[", count: 1_000_000)
        #expect(Comparator.json.matches(actual: deep, expected: "[]") == false)
    }

    @Test(
        "truths that no fenced block can hold are matched after normalising",
        arguments: ["\n\n1\n", "1  \n2 \n", "1\r\n2\r\n", "```\ncode\n```\n", "  indented\n", "\n"])
    func truthsThatCouldNotMatch(truth: String) {
        // The reference compared these as they stood, so nobody could ever be right.
        let text = AnswerFormat.fenced(Normaliser.normalise(truth), tag: "answer_stdout")
        let task = CodeTask(id: "f", kind: .forward, language: "python", truth: Truth(stdout: truth))
        let answer = AnswerFormat.extract(Completion(text: text), for: task).blocks["answer_stdout"]
        #expect(Comparator.trimmed.matches(actual: answer ?? "missing", expected: truth) == true)
    }

    @Test("texts of blank lines or open fences alone are read in one pass", .timeLimit(.minutes(5)))
    func manyLines() {
        let blank = String(repeating: " \n", count: 300_000)
        #expect(Normaliser.normalise(blank + "x" + blank) == "x")
        let task = CodeTask(id: "f", kind: .forward, language: "python", truth: Truth(stdout: ""))
        let open = "```answer_stdout\n" + String(repeating: "```python\n", count: 100_000)
        #expect(AnswerFormat.extract(Completion(text: open), for: task).blocks.isEmpty)
    }

    @Test("a test accepts what is expected and its alternatives")
    func alternatives() {
        var test = TestCase(name: "t", expected: "[3]")
        test.alternatives = ["3"]
        #expect(test.accepts("3", by: .json) == true)
        #expect(test.accepts("[3]", by: .json) == true)
        #expect(test.accepts("4", by: .json) == false)
    }

    @Test("output that is not UTF-8 is text with replacement characters, and no error")
    func notUTF8() {
        let record = ExecutionRecord(verdict: .accepted, stdout: [0x61, 0xFF, 0x62], stderr: [0xC3])
        #expect(record.stdoutText == "a\u{FFFD}b")
        #expect(Comparator.trimmed.matches(actual: record.stdoutText, expected: "ab") == false)
    }
}
