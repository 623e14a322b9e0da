import JSON
import Tasks
import Testing

@Suite("Tasks are one JSON object")
struct CodeTaskTests {
    static let tasks: [CodeTask] = [
        CodeTask(
            id: "f", kind: .forward, language: "python", program: "1/0", stdin: "x\n", call: "f(1)",
            files: ["a/b.txt": Array("text".utf8), "raw": [0xFF, 0x00]],
            truth: Truth(
                stdout: "é\n", stderr: "ZeroDivisionError", exitCode: 1,
                failure: Failure(type: "ZeroDivisionError", message: nil, line: 1)),
            limits: TaskLimits(
                cpuTime: .milliseconds(1500), wallTime: .seconds(3), memory: 1 << 20, output: 9, processes: 2),
            comparator: .floats(absolute: 1e-9, relative: 0)),
        CodeTask(
            id: "b", kind: .backward, language: "c", program: "a\n  b\nc", truth: Truth(stdout: ""),
            maskedLines: [MaskedLine(index: 1, original: "  b")],
            hiddenInputs: [ProgramInput(stdin: [0xFE], arguments: ["-x"]), ProgramInput(call: "f(2)")],
            comparator: .unordered),
        CodeTask(
            id: "t", kind: .tests, language: "rust",
            tests: [
                TestCase(
                    name: "a", input: ProgramInput(stdin: [0x31], arguments: ["v"]), expected: "2", isHidden: true),
                TestCase(name: "b", kind: .call(functionName: "f", arguments: [1, ["x": nil]]), expected: "3"),
                TestCase(name: "c", kind: .program(code: "check()"), limits: TaskLimits(wallTime: .seconds(1))),
            ], comparator: .checker(language: "python", program: "exit(0)")),
        CodeTask(id: "", kind: .free, language: "bash"),
    ]

    @Test("a task that is written reads back the same", arguments: tasks)
    func roundTrip(task: CodeTask) throws {
        let text = task.json.serialized()
        #expect(try CodeTask(JSONValue.parse(text)) == task)
        #expect(try CodeTask(reading: .string(text)) == task)
    }

    @Test(
        "a bad task is an error with the path of the field",
        arguments: [
            (#"{"kind":"sideways","language":"c"}"#, "$.kind"), (#"{"kind":"free"}"#, "$"),
            (#"{"kind":"free","language":7}"#, "$.language"), (#"{"kind":"tests","language":"c"}"#, "$"),
            (#"{"kind":"forward","language":"c"}"#, "$"), (#"{"kind":"free","language":"c","progam":""}"#, "$.progam"),
            (#"{"kind":"free","language":"c","program":"a\u0000b"}"#, "$.program"),
            (#"{"kind":"free","language":"c","version":2}"#, "$.version"),
            (#"{"kind":"free","language":"c","files":{"../x":""}}"#, #"$.files["../x"]"#),
            (#"{"kind":"free","language":"c","files":{"/x":""}}"#, #"$.files["/x"]"#),
            (#"{"kind":"free","language":"c","limits":{"cpu_ms":-1}}"#, "$.limits.cpu_ms"),
            (#"{"kind":"free","language":"c","comparator":"fuzzy"}"#, "$.comparator.type"),
            (
                #"{"kind":"backward","language":"c","program":"a","truth":{"stdout":""},"masked_lines":[{"index":1}]}"#,
                "$.masked_lines[0].index"
            ),
            (#"{"kind":"tests","language":"c","tests":[{"kind":"stdin"}]}"#, "$.tests[0]"),
            (#"[]"#, "$"),
        ])
    func bad(text: String, path: String) throws {
        let source = JSONSource(text)
        let value = try source.parse()
        let error = try #require(throws: TaskError.self) { try CodeTask(value, source: source) }
        #expect(error.cause.path == path)
        #expect(error.cause.line == 1)
    }
}
