import JSON
import Rewards
import Synchronization
import Tasks

/// An evaluation: tasks are answered by a model or a server, and the answers scored.
public struct EvaluationRun: Sendable {
    /// How answers are drawn.
    public struct Sampling: Sendable {
        /// 0 takes the likeliest token.
        public var temperature = 0.0
        /// The least probable tokens beyond this sum are left out.
        public var topP = 1.0
        /// The most tokens of an answer.
        public var maximumTokens = 512
        /// Where all chances start.
        public var seed: UInt64 = 0

        /// Makes the usual ones: the likeliest tokens.
        public init() {}
    }

    /// What the command line says.
    public struct Options: Sendable {
        /// The model: a file, a folder, or a name.
        public var model: String?
        /// The address of a server.
        public var endpoint: String?
        /// What the server calls the model.
        public var servedModel: String?
        /// What the server wants to be shown.
        public var token: String?
        /// The file of tasks.
        public var tasks: String
        /// Answers to each task.
        public var samples = 1
        /// The most tasks, the first ones; nil takes all.
        public var limit: Int?
        /// The part that tasks have to belong to; nil takes all.
        public var split: String?
        /// The words of prompts, `full` or `compact`; nil takes those that the model was trained with.
        public var prompt: String?
        /// How answers are drawn.
        public var sampling = Sampling()
        /// The way to reward.
        public var rewards: String?

        /// Makes options.
        public init(tasks: String) { self.tasks = tasks }
    }

    private let source: any AnswerSource
    private let rows: [TaskRow]
    private let preset: RewardPreset
    private let options: Options

    /// Reads the tasks and loads the model.
    ///
    /// - Throws: `PipelineError` when a file or an option is not right.
    public init(_ options: Options) throws(PipelineError) {
        self.options = options
        preset = try CompositionRoot.preset(named: options.rewards, file: nil)
        var rows = try TaskRow.read(options.tasks)
        if let split = options.split { rows = rows.filter { $0.split == split } }
        if let limit = options.limit { rows = Array(rows.prefix(limit)) }
        guard !rows.isEmpty else { throw PipelineError(.user, "no task of '\(options.tasks)' is left") }
        self.rows = rows
        switch (options.model, options.endpoint) {
        case (let name?, nil):
            guard let style = TrainingConfiguration.PromptStyle(rawValue: options.prompt ?? Self.style(of: name)) else {
                throw PipelineError(.user, "--prompt takes full or compact")
            }
            source = try LocalAnswers(try ModelStore.load(name), style: style, sampling: options.sampling)
        case (nil, let address?):
            source = EndpointAnswers(
                address: try EndpointAddress(address), modelName: options.servedModel, token: options.token,
                sampling: options.sampling, width: 16)
        default: throw PipelineError(.user, "one of --model and --endpoint says who is to answer")
        }
    }

    /// The words that a model of a run was trained with.
    private static func style(of model: String) -> String {
        let folder = model.split(separator: "/").dropLast().joined(separator: "/")
        let run = RunFolder(path: (model.hasPrefix("/") ? "/" : "") + (folder.isEmpty ? "." : folder))
        return (try? run.readConfiguration())?.promptStyle.rawValue ?? "full"
    }

    /// Answers and scores everything.
    ///
    /// - Parameters:
    ///   - output: Where each answer is written with its score; nil for nowhere.
    ///   - progress: Told how many answers there are.
    public func run(_ root: DeferredRoot, output: LineSink?, progress: @escaping @Sendable (Int, Int) -> Void)
        async throws(PipelineError) -> EvaluationReport
    {
        let (answers, feed) = AsyncStream.makeStream(of: AnswerScorer<Completion>.Item.self)
        let scorer = AnswerScorer<Completion>(pipeline: root.pipeline(preset)) { $0 }
        let tasks = rows.map(\.task)
        async let scored = scorer.scores(answers, of: tasks, count: options.samples)
        let total = rows.count * options.samples
        let count = Mutex(0)
        var failure: PipelineError?
        do throws(PipelineError) {
            try await source.answer(rows, count: options.samples) { place, number, text, tokens in
                feed.yield(.init(place: place, number: number, answer: Completion(text: text, tokenCount: tokens)))
                progress(
                    count.withLock {
                        $0 += 1; return $0
                    }, total)
            }
        } catch {
            failure = error
        }
        feed.finish()
        let lines = try await scored.get()
        if let failure { throw failure }
        var result = EvaluationResult()
        for (row, lines) in zip(rows, lines) {
            result.add(row.task, lines.map(\.score))
            for line in lines {
                var object = line.score.json()
                object["task"] = .string(row.task.id)
                object["completion"] = .string(line.text)
                try output?.write(JSONValue.object(object).serializedBytes() + [0x0A])
            }
        }
        return EvaluationReport(result)
    }
}
