import JSON
import Policy
import Rewards

/// Everything that a training run depends on, but for the files that it reads.
public struct TrainingConfiguration: Sendable, Hashable {
    /// How a task is put to the model.
    enum PromptStyle: String, Sendable, Hashable, CaseIterable {
        /// In the words of the task's own prompt.
        case full
        /// The program and what belongs to it, for models that know nothing but these tasks.
        case compact
    }

    /// A warm start on tasks with their truths for answers.
    struct WarmStart: Sendable, Hashable {
        var steps = 0
        var batch = 32
        var learningRate = 1e-3
        /// The sampled pass rate at which it ends; nil goes to the last step.
        var target: Double?
        /// Steps between two looks at the pass rate.
        var interval = 25
    }

    var model = "tiny"
    var scratch = ScratchModel()
    var adapter: AdapterConfiguration?
    var tasks: String?
    /// Files and folders of snippets of which tasks are made as the run goes, instead of a file of tasks.
    var snippets: [String] = []
    /// Programs that are made up, besides those snippets.
    var synthetic = SyntheticSettings()
    /// What is made of snippets, as `retort generate --config` reads it.
    var generation: JSONObject = [:]
    /// A file of tasks that only evaluations see; without one a share of the snippets is kept from learning.
    var heldOut: String?
    var heldOutShare = 0.1
    var promptStyle = PromptStyle.full
    var seed: UInt64 = 0
    var threads = Processors.count
    var steps = 100
    var algorithm = Algorithm.grpo
    var rewards = "codeboost"
    var rewardWeights: [String: Double] = [:]
    var generations = 8
    var prompts = 8
    var temperature = 1.0
    var topP = 1.0
    var topK = 0
    var promptLimit = 1024
    var completionLimit = 128
    var coarseRollouts = false
    var learningRate = 1e-4
    var schedule = LearningRateSchedule.Shape.constant
    var warmupSteps = 0
    var weightDecay = 0.0
    var maximumNorm: Double? = 1
    var iterations = 1
    var miniBatches = 1
    var loss = Algorithm.grpo.loss
    var overlongBuffer = 0
    var overlongPenalty = 1.0
    var resampling = 0
    var usesCurriculum = false
    var warmStart = WarmStart()
    var evaluationInterval = 20
    var evaluationTasks = 128
    var evaluationSamples = 1
    var checkpointInterval = 20
    var shownRollouts = 4

    /// The estimator of advantages over components of these names.
    func estimator(components: [String]) -> AdvantageEstimator {
        let weights = components.map { rewardWeights.isEmpty ? 1 : rewardWeights[$0] ?? 0 }
        return algorithm.estimator(scale: loss.scale, weights: weights)
    }

    /// The way to reward.
    ///
    /// - Throws: `PipelineError` with the place of what is wrong in its file.
    func preset() throws(PipelineError) -> RewardPreset {
        let isFile = rewards.contains("/") || rewards.hasSuffix(".json")
        return try CompositionRoot.preset(named: isFile ? nil : rewards, file: isFile ? rewards : nil)
    }

    /// A rollout with the reward that is learnt from.
    ///
    /// Where components have weights and the algorithm does not take them apart, that is their weighted sum, as in TRL.
    func rewarded(_ rollout: ScoredRollout) -> ScoredRollout {
        guard algorithm != .gdpo, !rewardWeights.isEmpty, rollout.score.reward != nil else { return rollout }
        var rollout = rollout
        rollout.score.reward = rollout.score.components.reduce(0) { $0 + (rewardWeights[$1.name] ?? 0) * $1.value }
        return rollout
    }

    /// Whether tasks are made of snippets as the run goes.
    var makesTasks: Bool { !snippets.isEmpty || synthetic.count > 0 }
}

/// Programs that are made up for a run.
struct SyntheticSettings: Sendable, Hashable {
    var count = 0
    var languages = "python"
    /// The share of programs that fail.
    var failures = 0.1
}

/// The shape of a model that is made from nothing.
struct ScratchModel: Sendable, Hashable {
    var vocabularySize = 512
    var hiddenSize = 128
    var layers = 3
    var heads = 4
    var keyValueHeads = 2
    var feedForwardSize = 320
    var contextLength = 1024

    /// The configuration, for a vocabulary that came out smaller or as large as wanted.
    func configuration(vocabularySize: Int) -> ModelConfiguration {
        ModelConfiguration(
            vocabularySize: vocabularySize, hiddenSize: hiddenSize, layerCount: layers, headCount: heads,
            keyValueHeadCount: keyValueHeads, headSize: hiddenSize / heads, feedForwardSize: feedForwardSize,
            contextLength: contextLength, normEpsilon: 1e-5, rotaryBase: 10_000, rotaryScaling: nil, tiesHead: true,
            hasAttentionBiases: false)
    }
}
