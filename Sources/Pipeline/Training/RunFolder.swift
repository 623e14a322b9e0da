import Glibc
import JSON
import Policy

/// The folder of a training run: its settings, its measurements, its last good state, and the model that came of it.
struct RunFolder: Sendable {
    /// The path.
    let path: String

    /// The settings of the run.
    var configuration: String { path + "/config.json" }
    /// One line a step, under TRL's names.
    var metrics: String { path + "/metrics.jsonl" }
    /// One line an evaluation.
    var evaluations: String { path + "/evaluations.jsonl" }
    /// Rollouts as examples, each with what it earned.
    var rollouts: String { path + "/rollouts.jsonl" }
    /// What a run goes on from.
    var checkpoint: String { path + "/checkpoint.safetensors" }
    /// What the tasks were, by kind and language.
    var tasks: String { path + "/tasks.json" }
    /// The snippets that are learnt from, where tasks are made of them as the run goes.
    var snippets: String { path + "/snippets.jsonl" }
    /// The tasks that only evaluations see, where they were made for the run.
    var heldOut: String { path + "/held_out.jsonl" }
    /// The tokenizer of a model that was made from nothing.
    var tokenizer: String { path + "/tokenizer.json" }
    /// The model before the first step of learning from scores: sizes, tokenizer, and the weights it began with.
    var start: String { path + "/start" }
    /// The model after the last step.
    var model: String { path + "/model" }
    /// The adapter after the last step.
    var adapter: String { path + "/adapter" }

    /// Makes the folder of a new run.
    ///
    /// - Throws: `PipelineError` when it holds a run already.
    static func new(_ path: String) throws(PipelineError) -> RunFolder {
        let folder = RunFolder(path: path)
        guard !Folder.exists(folder.configuration) else {
            throw PipelineError(
                .user, "'\(path)' holds a run already", hint: "go on with --resume \(path), or name another folder")
        }
        try Folder.make(path)
        return folder
    }

    /// Takes the folder of a run that there is.
    static func existing(_ path: String) throws(PipelineError) -> RunFolder {
        let folder = RunFolder(path: path)
        guard Folder.exists(folder.configuration) else {
            throw PipelineError(.user, "'\(path)' is no folder of a run", hint: "'retort train --output' makes one")
        }
        return folder
    }

    /// The settings that the run was begun with.
    func readConfiguration() throws(PipelineError) -> TrainingConfiguration {
        let source = JSONSource(try ReadableFile(configuration).bytes(limit: 1 << 20), file: configuration)
        return try TrainingConfiguration(reading: source)
    }

    /// The whole lines of a file of measurements; a run that goes on may be writing the last one.
    static func lines(_ file: String) -> [JSONValue] {
        guard let bytes = try? ReadableFile(file).bytes(limit: 1 << 30) else { return [] }
        return bytes.split(separator: 0x0A).compactMap { try? JSONValue.parse(Array($0)) }
    }

    /// How the held-out tasks went in the last evaluation against the first one; empty where nobody can say.
    var changes: [HeldOutChange] {
        let lines = Self.lines(evaluations)
        guard let first = lines.first, let last = lines.last else { return [] }
        return HeldOutChange.all(from: first, to: last)
    }

    /// Writes a small file whole.
    func write(_ file: String, _ json: JSONValue) throws(PipelineError) {
        do throws(ModelFileError) {
            try WholeFile.write(file, json.serializedBytes(pretty: true) + [0x0A])
        } catch {
            throw PipelineError(error)
        }
    }
}
