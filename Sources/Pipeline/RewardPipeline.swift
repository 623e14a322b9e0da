public import JSON
public import LanguagePlugins
public import Rewards
public import Tasks

/// From a completion to its score: extract, judge, reward, combine.
public struct RewardPipeline: Sendable {
    private let registry: PluginRegistry
    private let preset: RewardPreset
    private let judge: @Sendable () async throws(PipelineError) -> Judge

    /// Creates a pipeline that runs programs with `judge` and values what they do with `preset`.
    ///
    /// - Parameter registry: The languages in which a rollout may ask for a program to be run.
    public init(registry: PluginRegistry, judge: Judge, preset: RewardPreset) {
        self.init(registry: registry, preset: preset) { judge }
    }

    /// Creates a pipeline that asks for a judge whenever a program is to be run, and not before.
    ///
    /// - Parameters:
    ///   - registry: The languages in which a rollout may ask for a program to be run.
    ///   - judge: Gives the judge, the same each time.
    public init(
        registry: PluginRegistry,
        preset: RewardPreset,
        judge: @escaping @Sendable () async throws(PipelineError) -> Judge
    ) {
        self.registry = registry
        self.preset = preset
        self.judge = judge
    }

    /// The components that every score line has.
    public var componentNames: [String] { preset.componentNames }

    /// Scores one rollout.
    ///
    /// - Throws: `PipelineError` when there is nobody to judge what has to be run.
    public func score(_ rollout: Rollout) async throws(PipelineError) -> ScoreLine {
        switch begin(rollout, includesDetail: true) {
        case .scored(let score): return score
        case .toRun(let run): return try await run()
        }
    }

    /// Scores one rollout as it came, under whatever bounds the caller sets.
    ///
    /// - Parameters:
    ///   - defaultID: The name of a rollout that has none.
    ///   - bounding: Changes the rollout before anything of it is run, such as to lower its limits.
    /// - Returns: Its line; one without a verdict, whose detail says what is wrong, when the item is no rollout.
    /// - Throws: `PipelineError` when there is nobody to judge what has to be run.
    public func score(
        item: JSONValue, defaultID: String, includesDetail: Bool, bounding: (inout Rollout) -> Void = { _ in }
    ) async throws(PipelineError) -> ScoreLine {
        let step: ScoreStream.Step
        do throws(TaskError) {
            var rollout = try Rollout(item, defaultID: defaultID)
            bounding(&rollout)
            step = begin(rollout, includesDetail: includesDetail)
            if case .toRun = step { try requireLanguage(of: rollout.task) }
        } catch {
            let id = item["id"].flatMap { $0.string ?? $0.integer.map { String($0) } } ?? defaultID
            return ScoreLine(unreadable: id, components: componentNames, error: error.description)
        }
        switch step {
        case .scored(let score): return score
        case .toRun(let run): return try await run()
        }
    }

    /// A stream that scores with this pipeline.
    public func stream(_ options: ScoreStream.Options) -> ScoreStream {
        ScoreStream(componentNames: componentNames, options: options) { line throws(TaskError) in
            try begin(line, includesDetail: options.includesDetail)
        }
    }

    // MARK: -

    /// Reads a rollout; a prediction of what a program prints is scored at once, for only the other tasks run anything.
    private func begin(_ line: JSONLine, includesDetail: Bool) throws(TaskError) -> ScoreStream.Step {
        let rollout = try Rollout(line: line)
        let step = begin(rollout, includesDetail: includesDetail)
        if case .toRun = step { try requireLanguage(of: rollout.task, line: line.number) }
        return step
    }

    private func begin(_ rollout: Rollout, includesDetail: Bool) -> ScoreStream.Step {
        let extraction = AnswerFormat.extract(rollout.completion, for: rollout.task)
        if let judgement = Judge.judgeWithoutRunning(rollout.task, extraction) {
            return .scored(reward(rollout, extraction, judgement, includesDetail: includesDetail))
        }
        return .toRun { () throws(PipelineError) in
            let judgement = await (try await judge()).judge(rollout.task, extraction)
            return reward(rollout, extraction, judgement, includesDetail: includesDetail)
        }
    }

    private func reward(
        _ rollout: Rollout,
        _ extraction: Extraction,
        _ judgement: Judgement,
        includesDetail: Bool
    ) -> ScoreLine {
        let result = preset.score(
            task: rollout.task,
            completion: rollout.completion,
            extraction: extraction,
            judgement: judgement
        )
        return ScoreLine(rollout, extraction, judgement, result, includesDetail: includesDetail)
    }

    private func requireLanguage(of task: CodeTask, line: Int? = nil) throws(TaskError) {
        let message: String
        do throws(PluginError) {
            _ = try registry.requirePlugin(named: task.language)
            return
        } catch {
            message = error.hint.isEmpty ? error.description : "\(error.description); \(error.hint)"
        }
        throw TaskError(
            JSONError(message, line: line ?? 0, column: line == nil ? 0 : 1, path: "$.task.language"))
    }
}
