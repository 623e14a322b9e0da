import Foundation
import JSON
import Tasks
import Testing

@testable import Pipeline

@Suite("Tasks that are made as a run goes", .timeLimit(.minutes(5)))
struct FreshTasksTests {
    private static let changes: JSONObject = [
        "synthetic": ["count": 60, "failures": 0], "max_completion_length": 48, "eval_tasks": 6,
        "prompts_per_step": 8, "num_generations": 2, "shown_rollouts": 8, "eval_steps": 1, "save_steps": 2,
        "warm_start": ["steps": 3, "batch_size": 8, "learning_rate": 5e-3],
    ]

    private static func train(_ path: String, steps: Int, changes: JSONObject = [:]) async throws {
        var all = Self.changes
        for (name, value) in changes { all[name] = value }
        var options = TrainingRun.Options()
        options.steps = steps
        let settings = try TrainingConfiguration(reading: JSONSource(TrainingFixture.settings(all)))
        let root = try TrainingFixture.root()
        defer { root.shutdown() }
        _ = try await TrainingRun.new(settings, options, output: path).run(root, observer: TrainingObserver())
    }

    @Test("differ from round to round, and are the same bytes when the run was stopped and taken up")
    func resuming() async throws {
        let scratch = try ScratchFolder()
        try await Self.train(scratch.path + "/whole", steps: 10)
        try await Self.train(scratch.path + "/parts", steps: 4)
        try await TrainingFixture.resume(scratch.path, run: "parts", steps: 10)
        for name in ["checkpoint.safetensors", "model/model.safetensors", "rollouts.jsonl", "evaluations.jsonl"] {
            let whole = try Data(contentsOf: URL(filePath: "\(scratch.path)/whole/\(name)"))
            #expect(try Data(contentsOf: URL(filePath: "\(scratch.path)/parts/\(name)")) == whole, "\(name)")
        }
        // Ten steps of eight are more than one round, in which the same snippet comes again as another task.
        let rollouts = try TrainingTests.lines(scratch.path + "/whole/rollouts.jsonl")
        let tasks = try rollouts.map { try CodeTask(reading: $0["task"] ?? .null) }
        #expect(Set(tasks.map(\.id)).count == tasks.count)
        let origins = Set(tasks.map { $0.id.prefix { $0 != "#" } })
        #expect(origins.count < tasks.count)
        // Nothing that is held out is learnt from, nor anything like it.
        let heldOut = try TaskRow.read(scratch.path + "/whole/held_out.jsonl")
        #expect(Set(heldOut.map(\.origin)).isDisjoint(with: origins.map(String.init)))
        #expect(!heldOut.isEmpty)
    }

    @Test("are drawn by how often their snippets were solved, where that is asked for")
    func curriculum() async throws {
        let scratch = try ScratchFolder()
        let changes: JSONObject = ["curriculum": true]
        try await Self.train(scratch.path + "/whole", steps: 4, changes: changes)
        try await Self.train(scratch.path + "/parts", steps: 2, changes: changes)
        try await TrainingFixture.resume(scratch.path, run: "parts", steps: 4)
        let whole = try Data(contentsOf: URL(filePath: scratch.path + "/whole/checkpoint.safetensors"))
        #expect(try Data(contentsOf: URL(filePath: scratch.path + "/parts/checkpoint.safetensors")) == whole)
    }

    @Test("are refused where nothing comes of the snippets, or tasks are given besides")
    func refusals() async throws {
        let scratch = try ScratchFolder()
        let path = try scratch.file(
            "empty.jsonl",
            (0..<40).map { "{\"id\":\"\($0)\",\"language\":\"python\",\"code\":\"x = \($0)\\n\"}\n" }.joined())
        let error = await #expect(throws: PipelineError.self) {
            try await Self.train(
                scratch.path + "/run", steps: 1, changes: ["snippets": [.string(path)], "synthetic": ["count": 0]])
        }
        #expect(error?.message.contains("left to learn from") == true, "\(error?.message ?? "")")
        var options = TrainingRun.Options()
        options.synthetic = 5
        let settings = try TrainingConfiguration(reading: JSONSource(TrainingFixture.settings(["tasks": "a.jsonl"])))
        #expect(options.applied(to: settings).tasks == nil)
    }
}
