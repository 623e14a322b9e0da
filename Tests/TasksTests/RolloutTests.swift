import Glibc
import JSON
import Tasks
import TestSupport
import Testing

@Suite("Rollouts are read from lines")
struct RolloutTests {
    private func read(_ text: String, number: Int = 7) throws(TaskError) -> Rollout {
        try Rollout(line: JSONLine(number: number, content: .success(Array(text.utf8))))
    }

    @Test("the task may be an object or a string, the completion a text or messages")
    func forms() throws {
        let task = #"{"kind":"free","language":"c"}"#
        let plain = try read(#"{"id":3,"task":\#(task),"completion":"hi","token_count":5}"#)
        #expect(plain.id == "3" && plain.completion == Completion(text: "hi", tokenCount: 5))
        let quoted = JSONValue.string(task).serialized()
        let messages =
            #"[{"role":"assistant","content":"a"},{"role":"user","content":"b"},"#
            + #"{"role":"assistant","content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]}]"#
        let chat = try read(#"{"task":\#(quoted),"completion":\#(messages)}"#)
        #expect(chat.id == "line 7" && chat.completion.text == "cd" && chat.task == plain.task)
    }

    @Test(
        "a bad line is an error with the line of the file and the path",
        arguments: [
            ("{", ""), (#"{"task":{"kind":"free","language":"c"}}"#, "$"), (#"{"completion":"x"}"#, "$"),
            (#"{"task":"not json","completion":"x"}"#, "$.task"), (#"{"task":"3","completion":"x"}"#, "$.task"),
            (#"{"task":{"kind":"free"},"completion":"x"}"#, "$.task"),
            (#"{"task":"{\"kind\":\"free\"}","completion":"x"}"#, "$.task"),
            (#"{"task":{"kind":"free","language":"c"},"completion":[{"role":"user","content":"x"}]}"#, "$.completion"),
            (#"{"task":{"kind":"free","language":"c"},"completion":[3]}"#, "$.completion[0]"), ("[]", "$"),
        ])
    func bad(text: String, path: String) throws {
        let error = try #require(throws: TaskError.self) { try read(text) }
        #expect(error.cause.line == 7)
        #expect(error.cause.path == path)
        #expect(error.cause.column >= 1)
    }

    @Test("the real rollouts are read", arguments: ["humaneval-python", "mbxp", "cruxeval"])
    func fixtures(name: String) throws {
        let path = "\(PackageRoot.path)/Tests/Fixtures/rollouts/\(name).jsonl"
        let descriptor = open(path, O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var reader = JSONLineReader(descriptor: descriptor)
        var count = 0
        while let line = try reader.next() {
            let rollout = try Rollout(line: line)
            let extraction = AnswerFormat.extract(rollout.completion, for: rollout.task)
            if rollout.task.kind == .tests { #expect(extraction.code != nil, "\(rollout.id)") }
            count += 1
        }
        #expect(count >= 60)
    }
}
