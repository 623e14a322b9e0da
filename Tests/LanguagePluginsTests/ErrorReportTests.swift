import Tasks
import Testing

@testable import LanguagePlugins

/// What a language prints when it fails, and what is to be read from it.
struct FailureCase: Sendable, CustomTestStringConvertible {
    let language: String
    let what: String
    let stderr: String
    let failure: Failure?
    var testDescription: String { "\(language): \(what)" }

    static let all = [
        FailureCase(
            language: "python", what: "a traceback",
            stderr: """
                Traceback (most recent call last):
                  File "/box/main.py", line 6, in <module>
                    print(divide(1, 0))
                  File "/box/main.py", line 2, in divide
                    return total / count
                ZeroDivisionError: division by zero

                """,
            failure: Failure(type: "ZeroDivisionError", message: "division by zero", line: 2)),
        FailureCase(
            language: "python", what: "an error without a message",
            stderr:
                """
                Traceback (most recent call last):
                  File "main.py", line 1, in <module>
                    assert 0
                AssertionError
                """,
            failure: Failure(type: "AssertionError", message: nil, line: 1)),
        FailureCase(
            language: "python", what: "the last of two chained errors, with a message of two lines",
            stderr: """
                Traceback (most recent call last):
                  File "/box/main.py", line 2, in <module>
                    f()
                KeyError: 'a'

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "/box/main.py", line 4, in <module>
                    raise ValueError("one\\nOther: two")
                ValueError: one
                Other: two
                """,
            failure: Failure(type: "ValueError", message: "one", line: 4)),
        FailureCase(
            language: "python", what: "a syntax error",
            stderr: "  File \"/box/main.py\", line 3\n    x = \n        ^\nSyntaxError: invalid syntax\n",
            failure: Failure(type: "SyntaxError", message: "invalid syntax", line: 3)),
        FailureCase(
            language: "java", what: "an uncaught exception",
            stderr: """
                Exception in thread "main" java.lang.ArithmeticException: / by zero
                \tat Main.divide(Main.java:3)
                \tat Main.main(Main.java:7)
                """,
            failure: Failure(type: "java.lang.ArithmeticException", message: "/ by zero", line: 3)),
        FailureCase(
            language: "rust", what: "a panic of an old compiler",
            stderr: "thread 'main' panicked at 'index out of bounds: the len is 0 but the index is 1', main.rs:4:20\n",
            failure: Failure(type: "panic", message: "index out of bounds: the len is 0 but the index is 1", line: 4)),
        FailureCase(
            language: "rust", what: "a panic of a new compiler",
            stderr: "\nthread 'main' panicked at main.rs:4:20:\nindex out of bounds\nnote: run with\n",
            failure: Failure(type: "panic", message: "index out of bounds", line: 4)),
        FailureCase(
            language: "go", what: "a panic",
            stderr: """
                panic: runtime error: index out of range [0] with length 0

                goroutine 1 [running]:
                main.main()
                \t/box/main.go:7 +0x18
                exit status 2
                """,
            failure: Failure(type: "runtime error", message: "index out of range [0] with length 0", line: 7)),
        FailureCase(
            language: "cpp", what: "an uncaught exception",
            stderr:
                "terminate called after throwing an instance of 'std::runtime_error'\n  what():  nobody catches this\n",
            failure: Failure(type: "std::runtime_error", message: "nobody catches this", line: nil)),
        FailureCase(
            language: "c", what: "an assertion",
            stderr: "main: main.c:8: main: Assertion `count == 0' failed.\n",
            failure: Failure(type: "assertion", message: "count == 0", line: 8)),
        FailureCase(
            language: "javascript", what: "an uncaught error",
            stderr: """
                /box/main.js:2
                  return value.length;
                               ^

                TypeError: Cannot read properties of null (reading 'length')
                    at length (/box/main.js:2:16)
                """,
            failure: Failure(
                type: "TypeError", message: "Cannot read properties of null (reading 'length')", line: 2)),
        FailureCase(
            language: "bash", what: "an unbound variable", stderr: "main.sh: line 3: missing: unbound variable\n",
            failure: Failure(type: nil, message: "missing: unbound variable", line: 3)),
        FailureCase(
            language: "swift", what: "a fatal error", stderr: "main/main.swift:2: Fatal error: odd: 3\n",
            failure: Failure(type: "Fatal error", message: "odd: 3", line: 2)),
        FailureCase(language: "python", what: "nothing", stderr: "", failure: nil),
    ]
}

@Suite("An error report")
struct ErrorReportTests {
    @Test("finds the type, the message and the line", arguments: FailureCase.all)
    func finds(_ failure: FailureCase) throws {
        let plugin = try #require(PluginFixture.languages.first { $0.manifest.name == failure.language })
        let found = ErrorReport.failure(
            in: Array(failure.stderr.utf8), rules: plugin.manifest.errors.run, file: plugin.manifest.source.name)
        #expect(found == failure.failure)
    }

    @Test("stays quick on a hostile stream", .timeLimit(.minutes(5)), arguments: PluginFixture.languages)
    func hostile(_ plugin: LanguagePlugin) {
        let texts = [
            String(repeating: "a: ", count: 1 << 18), String(repeating: ":", count: 1 << 20),
            String(repeating: "at a(", count: 1 << 17), String(repeating: "a/", count: 1 << 18),
            String(repeating: "Traceback (most recent call last):\n", count: 1 << 14),
            String(repeating: "thread '' panicked at '\n", count: 1 << 14), String(repeating: "\n", count: 1 << 19),
        ]
        let start = ContinuousClock.now
        for text in texts {
            _ = ErrorReport.failure(in: Array(text.utf8), rules: plugin.manifest.errors.run, file: "main.x")
        }
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test("looks at a line once for each part of a pattern")
    func linear() throws {
        let pattern = try LinePattern("{}a{}a{}a{}a{}a{}b")
        let line = Array(repeating: UInt8(ascii: "a"), count: 4000)
        let start = ContinuousClock.now
        for _ in 0..<100 { #expect(pattern.match(line[...], file: "x") == nil) }
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
