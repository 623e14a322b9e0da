import Foundation
import JSON
import Policy
import Tasks
import TestSupport

@testable import Pipeline

/// Small tasks and a small model that learns them in seconds.
enum TrainingFixture {
    /// Programs that print one of few words, so that a few steps teach something.
    static func tasks(_ count: Int) -> String {
        (0..<count).map { number in
            let word = ["cat", "dog", "sun"][number % 3]
            let task = CodeTask(
                id: "t\(number)#0", kind: .forward, language: "python", program: "x = \(number)\nprint(\"\(word)\")\n",
                truth: Truth(stdout: word + "\n"))
            return JSONValue.object(["task": task.json]).serialized() + "\n"
        }.joined()
    }

    /// Settings of a run of seconds.
    static func settings(_ changes: JSONObject = [:]) -> String {
        var settings: JSONObject = [
            "model": "tiny", "prompt": "compact", "algorithm": "dapo", "held_out_share": 0.25, "threads": 2,
            "scratch": [
                "vocabulary_size": 300, "hidden_size": 32, "layers": 1, "heads": 2, "key_value_heads": 1,
                "feed_forward_size": 48, "context_length": 256,
            ],
            "steps": 4, "prompts_per_step": 4, "num_generations": 4, "max_completion_length": 16,
            "learning_rate": 1e-3, "warm_start": ["steps": 30, "batch_size": 8, "learning_rate": 5e-3],
            "eval_steps": 2, "eval_tasks": 8, "save_steps": 1,
        ]
        for (name, value) in changes { settings[name] = value }
        return JSONValue.object(settings).serialized()
    }

    /// Runs a training in a folder.
    static func train(_ folder: String, run: String, settings: String, steps: Int? = nil) async throws {
        let tasks = "\(folder)/tasks.jsonl"
        try Self.tasks(48).write(toFile: tasks, atomically: true, encoding: .utf8)
        var options = TrainingRun.Options()
        options.tasks = tasks
        options.steps = steps
        let configuration = try TrainingConfiguration(reading: JSONSource(settings))
        let root = try root()
        defer { root.shutdown() }
        _ = try await TrainingRun.new(configuration, options, output: "\(folder)/\(run)")
            .run(root, observer: TrainingObserver())
    }

    /// Takes up a training in a folder.
    static func resume(_ folder: String, run: String, steps: Int? = nil) async throws {
        let root = try root()
        defer { root.shutdown() }
        _ = try await TrainingRun.resumed("\(folder)/\(run)", steps: steps).run(root, observer: TrainingObserver())
    }

    /// A trainer with a small model that knows nothing yet, and what runs its programs.
    static func trainer(_ scratch: ScratchFolder, _ tasks: String, _ changes: JSONObject = [:]) throws
        -> (trainer: Trainer, root: DeferredRoot)
    {
        let configuration = try TrainingConfiguration(reading: JSONSource(settings(changes)))
        let rows = try TaskRow.read(scratch.file("tasks.jsonl", tasks))
        let model = try ModelFixture.model(rows)
        let policy = try PolicyModel(model.configuration, parameters: model.parameters, threads: 1)
        let pool = try TaskPool(rows, model: model, configuration: configuration)
        let preset = try CompositionRoot.preset(named: nil, file: nil)
        let root = try root()
        let trainer = try Trainer(
            configuration, model: model, policy: policy, feed: pool, heldOut: pool.heldOut,
            pipelines: { root.pipeline(preset) }, folder: RunFolder(path: scratch.path), resumes: false,
            observer: TrainingObserver())
        return (trainer, root)
    }

    static func root() throws -> DeferredRoot {
        try DeferredRoot(CompositionRoot.Options(pluginFolders: ["\(PackageRoot.path)/plugins"]))
    }
}
