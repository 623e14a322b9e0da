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
        /// Files and folders of snippets of which tasks are made as the run goes, instead of those in the settings.
        public var snippets: [String] = []
        /// How many programs are made up, instead of the number in the settings.
        public var synthetic: Int?
        /// Their languages, separated by commas.
        public var syntheticLanguages: String?
        /// The last step, instead of the one in the settings.
        public var steps: Int?
        /// Where all chances start, instead of the number in the settings.
        public var seed: Int?

        /// Makes options that say nothing.
        public init() {}

        /// The settings with what the command line says instead.
        func applied(to settings: TrainingConfiguration) -> TrainingConfiguration {
            var settings = settings
            settings.model = model ?? settings.model
            settings.steps = steps ?? settings.steps
            if let seed { settings.seed = UInt64(seed) }
            settings.synthetic.languages = syntheticLanguages ?? settings.synthetic.languages
            if !snippets.isEmpty || synthetic != nil {
                settings.snippets = snippets
                settings.synthetic.count = synthetic ?? 0
                settings.tasks = nil
            }
            if let tasks {
                settings.tasks = tasks
                settings.snippets = []
                settings.synthetic.count = 0
            }
            return settings
        }
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
        let configuration = options.applied(to: settings)
        if let tasks = configuration.tasks, !configuration.makesTasks {
            _ = try ReadableFile(tasks)
        } else if configuration.tasks != nil {
            throw PipelineError(.user, "both tasks and snippets are given", hint: "tasks are read, or made of snippets")
        } else if !configuration.makesTasks {
            throw PipelineError(
                .user, "there are no tasks to learn from",
                hint: "name a file that 'retort generate' wrote: --tasks TASKS.jsonl, or snippets: --snippets PATH")
        }
        if let path = configuration.heldOut { _ = try ReadableFile(path) }
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
        let preset = try configuration.preset()
        let known = root.pipeline(preset).componentNames
        if let unknown = configuration.rewardWeights.keys.sorted().first(where: { !known.contains($0) }) {
            throw PipelineError(
                .user, "reward_weights names '\(unknown)', which is no component of '\(configuration.rewards)'",
                hint: "it has \(known.joined(separator: ", "))")
        }
        let (model, feed, heldOut) =
            if configuration.makesTasks { try await fresh(root, observer) } else { try await listed(observer) }
        let mix: JSONObject = ["training": .object(feed.mix), "held_out": .object(TaskPool.mix(heldOut))]
        try folder.write(folder.tasks, .object(mix))
        let policy: PolicyModel
        do throws(PolicyError) {
            policy = try PolicyModel(
                model.configuration, parameters: model.parameters, adapter: configuration.adapter,
                adapterSeed: configuration.seed, threads: configuration.threads)
        } catch {
            throw PipelineError(error)
        }
        observer.note(
            "\(feed.count) \(configuration.makesTasks ? "snippets" : "tasks") to learn from, \(heldOut.count) tasks held out; "
                + "\(policy.trainable.layout.count) of \(model.parameters.layout.count) parameters learn")
        let trainer = try Trainer(
            configuration, model: model, policy: policy, feed: feed, heldOut: heldOut,
            pipelines: { root.pipeline(preset) }, folder: folder, resumes: resumes, observer: observer)
        return try await trainer.run()
    }

    // MARK: - Tasks

    /// Tasks of a file.
    private func listed(
        _ observer: TrainingObserver
    ) async throws(PipelineError) -> (LanguageModel, any TaskFeed, [TrainingTask]) {
        let rows = try TaskRow.read(configuration.tasks ?? "")
        // Only what is learnt from is looked at, so that the tokenizer tells nothing of what is held out.
        let model = try await model { TaskPool.trainingRows(rows, configuration) }
        let pool = try TaskPool(rows, model: model, configuration: configuration)
        if pool.tooLong > 0 { observer.note("note: \(pool.tooLong) tasks are too long and left out") }
        return (model, pool, pool.heldOut)
    }

    /// Tasks that are made of snippets.
    private func fresh(
        _ root: DeferredRoot, _ observer: TrainingObserver
    ) async throws(PipelineError) -> (LanguageModel, any TaskFeed, [TrainingTask]) {
        let pool = try await SnippetPool(configuration, folder: folder, root: root, observer: observer)
        let rounds = SnippetRounds(try await root.root(), try configuration.generationRequest())
        let model = try await model { () async throws(PipelineError) in try await pool.sample(rounds) }
        let writer = PromptWriter(model: model, style: configuration.promptStyle)
        let fit = TaskFit(configuration, model.configuration)
        var heldOut: [TrainingTask] = []
        for row in pool.heldOut {
            let task = try writer.task(row)
            if fit.allows(task) { heldOut.append(task) }
        }
        guard !heldOut.isEmpty else {
            throw PipelineError(
                .user, "none of the \(pool.heldOut.count) tasks that are held out is short enough",
                hint: "raise max_prompt_length or max_completion_length")
        }
        let feed = FreshTasks(
            pool.training, rounds: rounds, writer: writer, fit: fit, barred: Set(heldOut.map(\.prompt)))
        return (model, feed, heldOut)
    }

    // MARK: - The model

    /// The model to begin with: one that there is, or one that is made from nothing.
    ///
    /// - Parameter rows: Tasks from which one that is made from nothing learns its tokens.
    private func model(_ rows: () async throws(PipelineError) -> [TaskRow]) async throws(PipelineError) -> LanguageModel
    {
        guard configuration.model == "tiny" else { return try ModelStore.load(configuration.model) }
        if !Folder.exists(folder.tokenizer) {
            let description = ScratchTokenizer.description(
                try await rows(), style: configuration.promptStyle, size: configuration.scratch.vocabularySize)
            do throws(ModelFileError) {
                try WholeFile.write(folder.tokenizer, description.json.serializedBytes())
            } catch {
                throw PipelineError(error)
            }
        }
        let bytes = try ReadableFile(folder.tokenizer).bytes(limit: Tokenizer.fileLimit)
        do throws(TokenizerError) {
            let tokenizer = try Tokenizer(reading: JSONSource(bytes, file: folder.tokenizer))
            let shape = configuration.scratch.configuration(vocabularySize: tokenizer.vocabularySize)
            let parameters = Parameters(ParameterLayout(shape))
            parameters.randomize(seed: configuration.seed)
            return try Self.wrap { () throws(PipelineError) in
                try LanguageModel(
                    name: "tiny", configuration: shape, parameters: parameters, tokenizer: tokenizer,
                    tokenizerFile: bytes, jinja: nil, beginning: nil, ends: [])
            }
        } catch {
            throw PipelineError(error)
        }
    }

    private static func wrap(_ make: () throws(PipelineError) -> LanguageModel) throws(TokenizerError) -> LanguageModel
    {
        do throws(PipelineError) { return try make() } catch { throw TokenizerError(error.message) }
    }
}
