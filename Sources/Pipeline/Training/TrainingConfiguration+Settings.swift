import JSON
import Policy

extension TrainingConfiguration {
    /// All settings, in the order in which they are read and written: an algorithm before what it sets.
    static let settings: [Setting<Self>] = source + run + algorithms + rollouts + optimiser + losses + looks

    private static let source: [Setting<Self>] = [
        .text("model", \.model), .part("scratch", \.scratch, ScratchModel.settings), adapterSetting,
        .optionalText("tasks", \.tasks),
        Setting(name: "snippets") { fields, root throws(JSONError) in
            root.snippets = try fields.optionalStrings("snippets") ?? root.snippets
        } write: {
            .array($0.snippets.map { .string($0) })
        },
        .part("synthetic", \.synthetic, SyntheticSettings.settings),
        Setting(name: "generation") { fields, root throws(JSONError) in
            if let own = try fields.optionalObject("generation") { root.generation = own.members }
        } write: {
            .object($0.generation)
        },
        .optionalText("held_out", \.heldOut), .number("held_out_share", \.heldOutShare, in: 0...0.9),
        .choice("prompt", \.promptStyle),
    ]

    private static let run: [Setting<Self>] = [
        Setting(name: "seed") { fields, root throws(JSONError) in
            if let seed = try fields.whole("seed", in: 0...Int.max) { root.seed = UInt64(seed) }
        } write: {
            .integer(Int64(clamping: $0.seed))
        },
        .whole("threads", \.threads, in: 1...256), .whole("steps", \.steps, in: 0...10_000_000),
    ]

    private static let algorithms: [Setting<Self>] = [
        Setting(name: "algorithm") { fields, root throws(JSONError) in
            guard let algorithm: Algorithm = try fields.choice("algorithm") else { return }
            root.algorithm = algorithm
            root.loss = algorithm.loss
        } write: {
            .string($0.algorithm.rawValue)
        },
        .text("rewards", \.rewards),
        Setting(name: "reward_weights") { fields, root throws(JSONError) in
            guard let weights = try fields.optionalObject("reward_weights") else { return }
            root.rewardWeights = [:]
            for name in weights.members.keys { root.rewardWeights[name] = try weights.number(name, in: -1e6...1e6) }
        } write: {
            .object(JSONObject($0.rewardWeights.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) }))
        },
    ]

    private static let rollouts: [Setting<Self>] = [
        .whole("num_generations", \.generations, in: 1...4096), .whole("prompts_per_step", \.prompts, in: 1...65_536),
        .number("temperature", \.temperature, in: 0.01...100), .number("top_p", \.topP, in: 0.001...1),
        .whole("top_k", \.topK, in: 0...1_000_000), .whole("max_prompt_length", \.promptLimit, in: 1...1_000_000),
        .whole("max_completion_length", \.completionLimit, in: 1...1_000_000), .flag("int8_rollouts", \.coarseRollouts),
        .whole("resample_groups", \.resampling, in: 0...100), .flag("curriculum", \.usesCurriculum),
        Setting(name: "overlong_buffer") { fields, root throws(JSONError) in
            let range = 0...root.completionLimit
            root.overlongBuffer = try fields.whole("overlong_buffer", in: range) ?? root.overlongBuffer
        } write: {
            .integer(Int64($0.overlongBuffer))
        },
        .number("overlong_penalty", \.overlongPenalty, in: 0...1e6),
    ]

    private static let optimiser: [Setting<Self>] = [
        .number("learning_rate", \.learningRate, in: 0...10), .choice("lr_scheduler_type", \.schedule),
        .whole("warmup_steps", \.warmupSteps, in: 0...10_000_000), .number("weight_decay", \.weightDecay, in: 0...10),
        .optionalNumber("max_grad_norm", \.maximumNorm, in: 1e-9...1e9),
        .whole("num_iterations", \.iterations, in: 1...100), .whole("mini_batches", \.miniBatches, in: 1...65_536),
    ]

    private static let losses: [Setting<Self>] = [
        .choice("loss_type", \.loss.aggregation), .choice("importance_sampling_level", \.loss.level),
        .choice("scale_rewards", \.loss.scale),
        Setting(name: "epsilon") { fields, root throws(JSONError) in
            guard let epsilon = try fields.number("epsilon", in: 0...1) else { return }
            root.loss.clipLow = epsilon
            // As in TRL the upper bound is the lower one unless it is named.
            root.loss.clipHigh = epsilon
        } write: {
            .number($0.loss.clipLow)
        },
        .number("epsilon_high", \.loss.clipHigh, in: 0...1e6), .optionalNumber("delta", \.loss.dualClip, in: 1...1e6),
        .number("beta", \.loss.divergenceWeight, in: 0...1e6), .choice("kl_estimator", \.loss.divergence),
        .flag("kl_in_reward", \.loss.penalisesReward), .flag("use_bias_correction_kl", \.loss.correctsDivergence),
        .number("entropy_coef", \.loss.entropyWeight, in: -1e3...1e3),
        .choice("importance_correction", \.loss.correction),
        .number("importance_cap", \.loss.correctionLimit, in: 1...1e6),
        .flag("mask_truncated_completions", \.loss.masksTruncated),
        .part("warm_start", \.warmStart, WarmStart.settings),
    ]

    private static let looks: [Setting<Self>] = [
        .whole("eval_steps", \.evaluationInterval, in: 1...1_000_000),
        .whole("eval_tasks", \.evaluationTasks, in: 1...1_000_000),
        .whole("eval_samples", \.evaluationSamples, in: 1...1024),
        .whole("save_steps", \.checkpointInterval, in: 1...1_000_000),
        .whole("shown_rollouts", \.shownRollouts, in: 0...1024),
    ]

    /// An adapter, or null for learning all weights.
    private static let adapterSetting = Setting<Self>(name: "adapter") { fields, root throws(JSONError) in
        guard fields.members["adapter"] != nil else { return }
        guard let own = try fields.optionalObject("adapter") else {
            root.adapter = nil
            return
        }
        try own.rejectUnknown(allowed: ["rank", "alpha", "modules"])
        let rank = try own.whole("rank", in: 1...1024) ?? 16
        let alpha = try own.number("alpha", in: 1e-3...1e6) ?? Double(2 * rank)
        var modules: [AdapterModule] = []
        for name in try own.optionalStrings("modules") ?? AdapterModule.allCases.map(\.rawValue) {
            guard let module = AdapterModule(rawValue: name) else {
                let known = AdapterModule.allCases.map(\.rawValue).joined(separator: ", ")
                throw own.error("no module '\(name)'; known are \(known)", at: "modules")
            }
            modules.append(module)
        }
        root.adapter = AdapterConfiguration(rank: rank, alpha: Float(alpha), modules: Set(modules))
    } write: { root in
        guard let adapter = root.adapter else { return .null }
        return [
            "rank": .integer(Int64(adapter.rank)), "alpha": .number(Double(adapter.alpha)),
            "modules": .array(adapter.modules.map(\.rawValue).sorted().map { .string($0) }),
        ]
    }
}

extension TrainingConfiguration.WarmStart {
    fileprivate static let settings: [Setting<Self>] = [
        .whole("steps", \.steps, in: 0...10_000_000), .whole("batch_size", \.batch, in: 1...65_536),
        .number("learning_rate", \.learningRate, in: 0...10), .optionalNumber("target", \.target, in: 0...1),
        .whole("check_every", \.interval, in: 1...1_000_000),
    ]
}

extension SyntheticSettings {
    fileprivate static let settings: [Setting<Self>] = [
        .whole("count", \.count, in: 0...10_000_000), .text("languages", \.languages),
        .number("failures", \.failures, in: 0...1),
    ]
}

extension ScratchModel {
    fileprivate static let settings: [Setting<Self>] = [
        .whole("vocabulary_size", \.vocabularySize, in: 300...100_000),
        .whole("hidden_size", \.hiddenSize, in: 8...8192), .whole("layers", \.layers, in: 1...256),
        .whole("heads", \.heads, in: 1...256), .whole("key_value_heads", \.keyValueHeads, in: 1...256),
        .whole("feed_forward_size", \.feedForwardSize, in: 8...65_536),
        Setting(name: "context_length") { fields, root throws(JSONError) in
            root.contextLength = try fields.whole("context_length", in: 16...1_000_000) ?? root.contextLength
            // The last of them all, so that what it is held against is read.
            guard root.hiddenSize % (2 * root.heads) == 0, root.heads % root.keyValueHeads == 0 else {
                throw fields.error("the heads do not share out the hidden size evenly", at: "heads")
            }
        } write: {
            .integer(Int64($0.contextLength))
        },
    ]
}
