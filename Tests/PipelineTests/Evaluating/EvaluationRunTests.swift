import Foundation
import JSON
import Tasks
import Testing

@testable import Pipeline

@Suite("An evaluation", .timeLimit(.minutes(5)))
struct EvaluationRunTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func lines(_ name: String) throws -> [JSONValue] { try TrainingTests.lines("\(scratch.path)/\(name)") }

    @Test("answers the tasks of a part with a model of this machine, and writes every answer with its score")
    func local() async throws {
        let path = try scratch.file("tasks.jsonl", TrainingFixture.tasks(12))
        try ModelFixture.model(TaskRow.read(path)).write(to: scratch.path + "/model")
        var options = EvaluationRun.Options(tasks: path)
        options.model = scratch.path + "/model"
        options.prompt = "compact"
        options.samples = 3
        options.limit = 5
        options.sampling.temperature = 1
        options.sampling.maximumTokens = 12
        let root = try TrainingFixture.root()
        defer { root.shutdown() }
        let output = try LineSink.file(scratch.path + "/answers.jsonl")
        let report = try await EvaluationRun(options).run(root, output: output) { _, _ in }
        let figures = try JSONValue.parse(Array(report.json.utf8))
        #expect(figures["tasks"]?.integer == 5 && figures["unscorable"]?.integer == 0)
        #expect(figures["pass@2"]?.double != nil && figures["pass@4"] == nil)
        #expect(figures["kinds"]?["forward"]?["tasks"]?.integer == 5)
        let answers = try lines("answers.jsonl")
        #expect(answers.count == 15 && answers.allSatisfy { $0["reward"]?.double != nil })
        #expect(
            answers.compactMap { $0["task"]?.string } == (0..<5).flatMap { [String](repeating: "t\($0)#0", count: 3) })
        #expect(report.text.contains("95 %"))
    }

    @Test("asks a server, again when it failed, and counts what its answers solve")
    func endpoint() async throws {
        let path = try scratch.file("tasks.jsonl", TrainingFixture.tasks(6))
        let right = try #require(TruthAnswer.text(TaskRow.read(path)[0].task))
        let server = try CompletionServer(answer: right, failures: 1)
        var options = EvaluationRun.Options(tasks: path)
        options.endpoint = "http://127.0.0.1:\(server.port)"
        options.servedModel = "m"
        options.token = "secret"
        let root = try TrainingFixture.root()
        defer { root.shutdown() }
        let report = try await EvaluationRun(options).run(root, output: nil) { _, _ in }
        let figures = try JSONValue.parse(Array(report.json.utf8))
        // Each third program prints the word that the server always says.
        #expect(abs((figures["pass_rate"]?.double ?? 0) - 1.0 / 3) < 1e-9)
        let requests = server.requests
        #expect(requests.count == 7 && requests.allSatisfy { $0.contains("Authorization: Bearer secret") })
        #expect(requests.allSatisfy { $0.contains("\"model\":\"m\"") && $0.contains("/v1/chat/completions") })
    }

    @Test("of a server that is not there, or of no tasks, ends with an error")
    func failures() async throws {
        let path = try scratch.file("tasks.jsonl", TrainingFixture.tasks(2))
        var options = EvaluationRun.Options(tasks: path)
        // The port of discarding, where nobody listens.
        options.endpoint = "http://127.0.0.1:9"
        let root = try TrainingFixture.root()
        defer { root.shutdown() }
        let evaluation = try EvaluationRun(options)
        let error = await #expect(throws: PipelineError.self) {
            try await evaluation.run(root, output: nil) { _, _ in }
        }
        #expect(error?.message.contains("cannot be reached") == true, "\(error?.message ?? "")")
        options.split = "test"
        #expect(throws: PipelineError.self) { try EvaluationRun(options) }
    }

    @Test("takes a row of CRUXEval for two tasks: what comes out, and what goes in")
    func cruxeval() throws {
        let row: JSONObject = ["id": "s0", "code": "def f(x):\n    return [x]", "input": "'a'", "output": "['a']"]
        let path = try scratch.file("rows.jsonl", JSONValue.object(row).serialized() + "\n")
        let rows = try TaskRow.read(path)
        #expect(rows.map(\.task.kind) == [.forward, .input] && rows.allSatisfy { $0.task.call == "f('a')" })
        let forward = AnswerFormat.extract(
            Completion(text: TruthAnswer.text(rows[0].task) ?? ""), for: rows[0].task)
        #expect(Normaliser.normalise(forward.blocks[AnswerFormat.stdoutBlock] ?? "") == "['a']")
        #expect(TruthAnswer.text(rows[1].task)?.contains("'a'") == true)
    }
}
