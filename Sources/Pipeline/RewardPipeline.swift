public import JSON
public import LanguagePlugins
public import Rewards
public import Tasks

/// From a completion to its score: extract, judge, reward, combine.
public struct RewardPipeline: Sendable {
    private let registry: PluginRegistry
    private let judge: Judge
    private let preset: RewardPreset

    /// Creates a pipeline that runs programs with `judge` and values what they do with `preset`.
    ///
    /// - Parameter registry: The languages in which a rollout may ask for a program to be run.
    public init(registry: PluginRegistry, judge: Judge, preset: RewardPreset) {
        self.registry = registry
        self.judge = judge
        self.preset = preset
    }

    /// The components that every score line has.
    public var componentNames: [String] { preset.componentNames }

    /// Scores one rollout.
    public func score(_ rollout: Rollout) async -> ScoreLine {
        let extraction = AnswerFormat.extract(rollout.completion, for: rollout.task)
        let judgement = await judge.judge(rollout.task, extraction)
        return reward(rollout, extraction, judgement, includesDetail: true)
    }

    /// Reads a rollout and scores it.
    ///
    /// - Throws: `TaskError` when the line is no rollout, or asks to run a program in a language that nobody knows.
    public func score(_ line: JSONLine) async throws(TaskError) -> ScoreLine {
        switch try begin(line, includesDetail: true) {
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
        let extraction = AnswerFormat.extract(rollout.completion, for: rollout.task)
        if let judgement = judge.judgeWithoutRunning(rollout.task, extraction) {
            return .scored(reward(rollout, extraction, judgement, includesDetail: includesDetail))
        }
        try requireLanguage(of: rollout.task, line: line)
        return .toRun { () throws(TaskError) in
            let judgement = await judge.judge(rollout.task, extraction)
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

    private func requireLanguage(of task: CodeTask, line: JSONLine) throws(TaskError) {
        guard registry.plugin(named: task.language) == nil else { return }
        let known = registry.all.map(\.manifest.name).joined(separator: ", ")
        let message = "unknown language '\(task.language)'; known are \(known)"
        throw TaskError(JSONError(message, line: line.number, column: 1, path: "$.task.language"))
    }
}
