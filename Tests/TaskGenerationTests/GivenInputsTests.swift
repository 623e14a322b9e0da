import JSON
import Tasks
import Testing

@testable import TaskGeneration

@Suite("Inputs that come with a snippet")
struct GivenInputsTests {
    private func inputs(_ fields: JSONObject) -> [ProgramInput] {
        GivenInputs.inputs(of: Snippet(id: "s", language: "python", code: "print(1)\n", fields: fields))
    }

    @Test("are texts, calls, rows of CRUXEval, and objects with arguments")
    func plain() {
        #expect(inputs(["stdin": "3 4\n"]) == [ProgramInput(stdin: Array("3 4\n".utf8))])
        #expect(inputs(["call": "f(1)", "calls": ["f(2)"]]).map(\.call) == ["f(1)", "f(2)"])
        #expect(inputs(["input": "[1, 2], 'x'"]).map(\.call) == ["f([1, 2], 'x')"])
        #expect(inputs(["input": "3", "function": "g"]).map(\.call) == ["g(3)"])
        let objects = inputs(["inputs": ["7\n", ["stdin": "8", "args": ["-v"]], ["call": "f(9)"]]])
        #expect(objects.map { String(decoding: $0.stdin, as: UTF8.self) } == ["7\n", "8", ""])
        #expect(objects.map(\.arguments) == [[], ["-v"], []])
        #expect(objects.last?.call == "f(9)")
    }

    @Test("are those of test cases in the formats that scoring reads")
    func tests() {
        let texts = inputs(["input_output": ["inputs": ["1\n", "2\n"], "outputs": ["a", "b"]]])
        #expect(texts.map { String(decoding: $0.stdin, as: UTF8.self) } == ["1\n", "2\n"])
        let calls = inputs(["input_output": ["fn_name": "f", "inputs": [[1, "x"], [[2]]], "outputs": [[3], [4]]]])
        #expect(calls.map(\.call) == ["f(1, \"x\")", "f([2])"])
    }

    @Test(
        "that cannot be read, or are too large, are passed over",
        arguments: [
            ["stdin": 3], ["calls": "f(1)"], ["inputs": [true, 4]], ["input_output": "[1"], ["tests": ["x"]],
            ["call": "f(1)\nimport os"],
        ] as [JSONObject])
    func bad(fields: JSONObject) {
        #expect(inputs(fields).isEmpty)
        #expect(inputs(["stdin": .string(String(repeating: "x", count: 1 << 17))]).isEmpty)
        #expect(inputs(["call": .string("f(\"" + String(repeating: "x", count: 5000) + "\")")]).isEmpty)
    }
}
