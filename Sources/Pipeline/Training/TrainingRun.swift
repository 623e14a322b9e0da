import JSON
import LanguagePlugins
import Policy
import Tasks
import Tokenization

/// A training run from its settings to its folder.
public struct TrainingRun: Sendable {
    /// What the command line says besides the settings.
    public struct Options: Sendable {
        /// The model, instead of the one in the settings.
        public var model: String?
        /// The file of tasks, instead of the one in the settings.
        public var tasks: String?
        /// The last step, instead of the one in the settings.
        public var steps: Int?
        /// Where all chances start, instead of the number in the settings.
        public var seed: Int?

        /// Makes options that say nothing.
        public init() {}
    }

    private let configuration: TrainingConfiguration
    private let folder: RunFolder
    private let resumes: Bool

    /// Prepares a new run.
    ///
    /// - Throws: `PipelineError` when there are no tasks, or the folder holds a run already.
    public static func new(_ settings: TrainingConfiguration, _ options: Options, output: String) throws(PipelineError)
        -> TrainingRun
    {
        var configuration = settings
        configuration.model = options.model ?? configuration.model
        configuration.tasks = options.tasks ?? configuration.tasks
        configuration.steps = options.steps ?? configuration.steps
        if let seed = options.seed { configuration.seed = UInt64(seed) }
        guard let tasks = configuration.tasks else {
            throw PipelineError(
                .user, "there are no tasks to learn from",
                hint: "name a file that 'retort generate' wrote: --tasks TASKS.jsonl")
        }
        _ = try ReadableFile(tasks)
        let folder = try RunFolder.new(output)
        try folder.write(folder.configuration, .object(configuration.json))
        return TrainingRun(configuration: configuration, folder: folder, resumes: false)
    }

    /// Takes up a run.
    ///
    /// - Parameter steps: The last step, when it is to be another.
    public static func resumed(_ path: String, steps: Int?) throws(PipelineError) -> TrainingRun {
        let folder = try RunFolder.existing(path)
        var configuration = try folder.readConfiguration()
        if let steps {
            configuration.steps = steps
            try folder.write(folder.configuration, .object(configuration.json))
        }
        return TrainingRun(configuration: configuration, folder: folder, resumes: true)
    }

    /// Runs to the end.
    ///
    /// - Throws: `PipelineError` when a file is not right, the disk is full, or nothing can be scored.
    public func run(_ root: DeferredRoot, observer: TrainingObserver) async throws(PipelineError) -> TrainingOutcome {
        let isFile = configuration.rewards.contains("/") || configuration.rewards.hasSuffix(".json")
        let preset = try CompositionRoot.preset(
            named: isFile ? nil : configuration.rewards, file: isFile ? configuration.rewards : nil)
        let rows = try TaskRow.read(configuration.tasks ?? "")
        let model = try model(rows)
        let pool = try TaskPool(rows, model: model, configuration: configuration)
        if pool.tooLong > 0 { observer.note("note: \(pool.tooLong) tasks are too long and left out") }
        try folder.write(folder.tasks, .object(Self.mix(pool)))
        let policy: PolicyModel
        do throws(PolicyError) {
            policy = try PolicyModel(
                model.configuration, parameters: model.parameters, adapter: configuration.adapter,
                adapterSeed: configuration.seed, threads: configuration.threads)
        } catch {
            throw PipelineError(error)
        }
        observer.note(
            "\(pool.training.count) tasks to learn from, \(pool.heldOut.count) held out; "
                + "\(policy.trainable.layout.count) of \(model.parameters.layout.count) parameters learn")
        let trainer = try Trainer(
            configuration, model: model, policy: policy, pool: pool, pipelines: { root.pipeline(preset) },
            folder: folder,
            resumes: resumes, observer: observer)
        return try await trainer.run()
    }

    /// The model to begin with: one that there is, or one that is made from nothing.
    private func model(_ rows: [TaskRow]) throws(PipelineError) -> LanguageModel {
        guard configuration.model == "tiny" else { return try ModelStore.load(configuration.model) }
        let scratch = configuration.scratch
        // Only what is learnt from is looked at, so that the tokenizer tells nothing of what is held out.
        let description = ScratchTokenizer.description(
            TaskPool.trainingRows(rows, configuration), style: configuration.promptStyle, size: scratch.vocabularySize)
        do throws(TokenizerError) {
            let tokenizer = try description.tokenizer()
            let shape = scratch.configuration(vocabularySize: tokenizer.vocabularySize)
            let parameters = Parameters(ParameterLayout(shape))
            parameters.randomize(seed: configuration.seed)
            return try Self.wrap { () throws(PipelineError) in
                try LanguageModel(
                    name: "tiny", configuration: shape, parameters: parameters, tokenizer: tokenizer,
                    tokenizerFile: description.json.serializedBytes(), jinja: nil, beginning: nil, ends: [])
            }
        } catch {
            throw PipelineError(error)
        }
    }

    private static func wrap(_ make: () throws(PipelineError) -> LanguageModel) throws(TokenizerError) -> LanguageModel
    {
        do throws(PipelineError) { return try make() } catch { throw TokenizerError(error.message) }
    }

    /// How many tasks there are of each kind and language.
    private static func mix(_ pool: TaskPool) -> JSONObject {
        func counts(_ tasks: [TrainingTask]) -> JSONValue {
            var kinds: [String: Int64] = [:]
            var languages: [String: Int64] = [:]
            var failures: Int64 = 0
            for task in tasks {
                kinds[task.task.kind.rawValue, default: 0] += 1
                languages[task.task.language, default: 0] += 1
                if task.task.truth?.isFailure == true { failures += 1 }
            }
            func table(_ counts: [String: Int64]) -> JSONValue {
                .object(JSONObject(counts.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }))
            }
            return [
                "tasks": .integer(Int64(tasks.count)), "kinds": table(kinds), "languages": table(languages),
                "failing": .integer(failures),
            ]
        }
        return [
            "training": counts(pool.training), "held_out": counts(pool.heldOut),
            "too_long": .integer(Int64(pool.tooLong)),
        ]
    }
}
