import JSON
import Rewards
import Tasks
import Testing

@Suite("Components measure one thing each")
struct RewardComponentTests {
    private func component(_ name: String, _ sample: Sample) throws -> Double {
        let component = try #require(RewardComponent.all.first { $0.name == name })
        let completion = Completion(text: sample.text)
        let extraction = AnswerFormat.extract(completion, for: sample.task)
        return component.value(
            Evidence(task: sample.task, completion: completion, extraction: extraction, judgement: sample.judgement))
    }

    @Test("names are unique, and every one has a summary")
    func names() {
        #expect(Set(RewardComponent.all.map(\.name)).count == RewardComponent.all.count)
        #expect(RewardComponent.all.allSatisfy { !$0.summary.isEmpty })
    }

    @Test(
        "line similarity counts the lines that are right and in order",
        arguments: [
            ("a\nb\nc\n", "a\nb\nc", 1), ("a\nb\nc\nd", "a\nx\nc\nd", 0.75), ("a\nb", "b\na", 0.5), ("", "", 1),
            ("a", "", 0),
            ("a\nb\nc", "a", 0.5),
        ] as [(String, String, Double)])
    func similarity(truth: String, answer: String, expected: Double) throws {
        let sample = Sample.forward(Truth(stdout: truth), stdout: answer, stderr: "")
        #expect(try component("stdout_similarity", sample) == expected)
    }

    @Test("line similarity of very many lines ends soon", .timeLimit(.minutes(5)))
    func manyLines() throws {
        let left = (0..<50_000).map { "l\($0 % 7)" }.joined(separator: "\n")
        let right = (0..<50_000).map { "l\($0 % 5)" }.joined(separator: "\n")
        #expect(try component("stdout_similarity", .forward(Truth(stdout: left), stdout: right, stderr: "")) > 0.5)
    }

    @Test(
        "stderr is the Jaccard share of lines, with how often each comes",
        arguments: [("a\na\nb\n", "a\nb", 2.0 / 3), ("a", "b", 0), ("", "", 1), ("a\r\nb\r\n", "a\nb\n", 1)]
            as [(String, String, Double)])
    func jaccard(truth: String, answer: String, expected: Double) throws {
        #expect(
            try component("stderr", .forward(Truth(stdout: "", stderr: truth), stdout: "", stderr: answer)) == expected)
    }

    @Test("outcome asks whether the answer fails exactly when the truth does")
    func outcome() throws {
        #expect(try component("outcome", .forward(dividing, stdout: "", stderr: "KeyError")) == 1)
        #expect(try component("outcome", .forward(dividing, stdout: "", stderr: "")) == 0)
        #expect(try component("outcome", .forward(Truth(stdout: ""), stdout: "", stderr: "")) == 1)
        #expect(try component("outcome", .forward(Truth(stdout: ""), stdout: "", stderr: "KeyError")) == 0)
    }

    @Test("the fields of an error can be had one by one")
    func fields() throws {
        let sample = Sample.forward(dividing, stdout: "", stderr: "File \"x.py\", line 3\nKeyError: division by zero")
        #expect(try component("failure_type", sample) == 0)
        #expect(try component("failure_message", sample) == 1)
        #expect(try component("failure_line", sample) == 1)
        #expect(try component("failure", sample) == 0.5)
    }

    @Test("stdout follows the comparator of the task")
    func comparator() throws {
        var sample = Sample.forward(Truth(stdout: "[1, 2]\n"), stdout: "[1,2]", stderr: "")
        #expect(try component("stdout", sample) == 0)
        sample.task.comparator = .json
        #expect(try component("stdout", sample) == 1)
        sample.task.comparator = .exact
        sample.text = AnswerFormat.fenced("[1, 2]", tag: "answer_stdout") + "\n```answer_stderr\n```"
        #expect(try component("stdout", sample) == 1)
    }

    @Test(
        "length falls in a straight line between its two bounds",
        arguments: [(0, 1.0), (10, 1), (15, 0.5), (20, 0), (1_000_000, 0)])
    func length(tokens: Int, expected: Double) throws {
        let preset = try RewardPreset(
            JSONSource(
                #"{"name":"x","components":[{"name":"length","soft":10,"hard":20}],"combine":{"default":"length"}}"#))
        let task = CodeTask(id: "", kind: .free, language: "c")
        let completion = Completion(text: "", tokenCount: tokens)
        let result = preset.score(
            task: task, completion: completion, extraction: Extraction(), judgement: Judgement(verdict: .accepted))
        #expect(result.score.value == expected)
    }
}
