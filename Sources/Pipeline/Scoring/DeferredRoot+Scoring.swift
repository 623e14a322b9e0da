import LanguagePlugins
public import Rewards

extension DeferredRoot {
    /// A pipeline that values what programs do with `preset`; its sandbox is started by the first that has to run one.
    public func pipeline(_ preset: RewardPreset) -> RewardPipeline {
        let judge = JudgeOnce()
        return RewardPipeline(registry: registry, preset: preset) { [self] () throws(PipelineError) in
            await judge.judge(try await root())
        }
    }

    /// What has been run so far, as a table for a person; nil when nothing had to be.
    public var runSummary: String? { startedRoot?.runSummary }
}

/// One judge for all rollouts of a pipeline, for what is equal among them runs once.
private actor JudgeOnce {
    private var judge: Judge?

    func judge(_ root: CompositionRoot) -> Judge {
        if let judge { return judge }
        let made = Judge(runner: root.runner)
        judge = made
        return made
    }
}
