import JSON
import Policy

extension TrainingConfiguration {
    /// The names of the configurations that come with the program.
    public static let presetNames = ["quick", "codeboost"]

    /// Reads a configuration: one that comes with the program by its name, or a file; nil takes `quick`.
    ///
    /// - Throws: `PipelineError` with the place of what is wrong.
    public init(_ nameOrFile: String?) throws(PipelineError) {
        let source: JSONSource
        switch nameOrFile ?? "quick" {
        case "quick": source = JSONSource(PackageResources.quick_json, file: "quick.json")
        case "codeboost": source = JSONSource(PackageResources.codeboost_json, file: "codeboost.json")
        case let path: source = JSONSource(try ReadableFile(path).bytes(limit: 1 << 20), file: path)
        }
        try self.init(reading: source)
    }

    /// Reads a configuration; what is not named stays usual.
    init(reading source: JSONSource) throws(PipelineError) {
        do throws(JSONError) {
            let fields = try JSONFields(source.parse(), source: source)
            if let base = try fields.optionalString("preset") {
                guard Self.presetNames.contains(base) else {
                    throw fields.error(
                        "no such preset; known are \(Self.presetNames.joined(separator: ", "))", at: "preset")
                }
                do throws(PipelineError) { try self.init(base) } catch { throw JSONError(error.message) }
            } else {
                self.init()
            }
            try read(fields)
        } catch {
            throw PipelineError(.user, error.description)
        }
        _ = try generationRequest()
    }

    private mutating func read(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: Self.names)
        model = try fields.optionalString("model") ?? model
        if let own = try fields.optionalObject("scratch") { try scratch.read(own) }
        if fields.members["adapter"]?.isNull == true { adapter = nil }
        if let own = try fields.optionalObject("adapter") { adapter = try Self.adapter(own) }
        tasks = try fields.optionalString("tasks") ?? tasks
        snippets = try fields.optionalStrings("snippets") ?? snippets
        if let own = try fields.optionalObject("synthetic") { try synthetic.read(own) }
        if let own = try fields.optionalObject("generation") { generation = own.members }
        heldOut = try fields.optionalString("held_out") ?? heldOut
        heldOutShare = try fields.number("held_out_share", in: 0...0.9) ?? heldOutShare
        promptStyle = try fields.choice("prompt") ?? promptStyle
        if let seed = try fields.whole("seed", in: 0...Int.max) { self.seed = UInt64(seed) }
        threads = try fields.whole("threads", in: 1...256) ?? threads
        steps = try fields.whole("steps", in: 0...10_000_000) ?? steps
        if let algorithm: Algorithm = try fields.choice("algorithm") {
            self.algorithm = algorithm
            loss = algorithm.loss
        }
        rewards = try fields.optionalString("rewards") ?? rewards
        if let weights = try fields.optionalObject("reward_weights") {
            rewardWeights = [:]
            for name in weights.members.keys { rewardWeights[name] = try weights.number(name, in: -1e6...1e6) }
        }
        try readSampling(fields)
        try readOptimiser(fields)
        try readLoss(fields)
        if let own = try fields.optionalObject("warm_start") { try warmStart.read(own) }
        evaluationInterval = try fields.whole("eval_steps", in: 1...1_000_000) ?? evaluationInterval
        evaluationTasks = try fields.whole("eval_tasks", in: 1...1_000_000) ?? evaluationTasks
        evaluationSamples = try fields.whole("eval_samples", in: 1...1024) ?? evaluationSamples
        checkpointInterval = try fields.whole("save_steps", in: 1...1_000_000) ?? checkpointInterval
        shownRollouts = try fields.whole("shown_rollouts", in: 0...1024) ?? shownRollouts
    }

    private mutating func readSampling(_ fields: JSONFields) throws(JSONError) {
        generations = try fields.whole("num_generations", in: 1...4096) ?? generations
        prompts = try fields.whole("prompts_per_step", in: 1...65_536) ?? prompts
        temperature = try fields.number("temperature", in: 0.01...100) ?? temperature
        topP = try fields.number("top_p", in: 0.001...1) ?? topP
        topK = try fields.whole("top_k", in: 0...1_000_000) ?? topK
        promptLimit = try fields.whole("max_prompt_length", in: 1...1_000_000) ?? promptLimit
        completionLimit = try fields.whole("max_completion_length", in: 1...1_000_000) ?? completionLimit
        coarseRollouts = try fields.optionalBool("int8_rollouts") ?? coarseRollouts
        resampling = try fields.whole("resample_groups", in: 0...100) ?? resampling
        usesCurriculum = try fields.optionalBool("curriculum") ?? usesCurriculum
        overlongBuffer = try fields.whole("overlong_buffer", in: 0...completionLimit) ?? overlongBuffer
        overlongPenalty = try fields.number("overlong_penalty", in: 0...1e6) ?? overlongPenalty
    }

    private mutating func readOptimiser(_ fields: JSONFields) throws(JSONError) {
        learningRate = try fields.number("learning_rate", in: 0...10) ?? learningRate
        schedule = try fields.choice("lr_scheduler_type") ?? schedule
        warmupSteps = try fields.whole("warmup_steps", in: 0...10_000_000) ?? warmupSteps
        weightDecay = try fields.number("weight_decay", in: 0...10) ?? weightDecay
        if fields.members["max_grad_norm"]?.isNull == true { maximumNorm = nil }
        maximumNorm = try fields.number("max_grad_norm", in: 1e-9...1e9) ?? maximumNorm
        iterations = try fields.whole("num_iterations", in: 1...100) ?? iterations
        miniBatches = try fields.whole("mini_batches", in: 1...65_536) ?? miniBatches
    }

    private mutating func readLoss(_ fields: JSONFields) throws(JSONError) {
        loss.aggregation = try fields.choice("loss_type") ?? loss.aggregation
        loss.level = try fields.choice("importance_sampling_level") ?? loss.level
        loss.scale = try fields.choice("scale_rewards") ?? loss.scale
        if let epsilon = try fields.number("epsilon", in: 0...1) {
            loss.clipLow = epsilon
            // As in TRL the upper bound is the lower one unless it is named.
            loss.clipHigh = epsilon
        }
        loss.clipHigh = try fields.number("epsilon_high", in: 0...1e6) ?? loss.clipHigh
        loss.dualClip = try fields.number("delta", in: 1...1e6) ?? loss.dualClip
        loss.divergenceWeight = try fields.number("beta", in: 0...1e6) ?? loss.divergenceWeight
        loss.divergence = try fields.choice("kl_estimator") ?? loss.divergence
        loss.penalisesReward = try fields.optionalBool("kl_in_reward") ?? loss.penalisesReward
        loss.correctsDivergence = try fields.optionalBool("use_bias_correction_kl") ?? loss.correctsDivergence
        loss.entropyWeight = try fields.number("entropy_coef", in: -1e3...1e3) ?? loss.entropyWeight
        loss.correction = try fields.choice("importance_correction") ?? loss.correction
        loss.correctionLimit = try fields.number("importance_cap", in: 1...1e6) ?? loss.correctionLimit
        loss.masksTruncated = try fields.optionalBool("mask_truncated_completions") ?? loss.masksTruncated
    }

    private static func adapter(_ fields: JSONFields) throws(JSONError) -> AdapterConfiguration {
        try fields.rejectUnknown(allowed: ["rank", "alpha", "modules"])
        let rank = try fields.whole("rank", in: 1...1024) ?? 16
        let alpha = try fields.number("alpha", in: 1e-3...1e6) ?? Double(2 * rank)
        var modules = Set(AdapterModule.allCases)
        if let names = try fields.optionalStrings("modules") {
            modules = []
            for name in names {
                guard let module = AdapterModule(rawValue: name) else {
                    let known = AdapterModule.allCases.map(\.rawValue).joined(separator: ", ")
                    throw fields.error("no module '\(name)'; known are \(known)", at: "modules")
                }
                modules.insert(module)
            }
        }
        return AdapterConfiguration(rank: rank, alpha: Float(alpha), modules: modules)
    }
}

extension TrainingConfiguration.WarmStart {
    fileprivate mutating func read(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["steps", "batch_size", "learning_rate", "target", "check_every"])
        steps = try fields.whole("steps", in: 0...10_000_000) ?? steps
        batch = try fields.whole("batch_size", in: 1...65_536) ?? batch
        learningRate = try fields.number("learning_rate", in: 0...10) ?? learningRate
        if fields.members["target"]?.isNull == true { target = nil }
        target = try fields.number("target", in: 0...1) ?? target
        interval = try fields.whole("check_every", in: 1...1_000_000) ?? interval
    }
}

extension SyntheticSettings {
    fileprivate mutating func read(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["count", "languages", "failures"])
        count = try fields.whole("count", in: 0...10_000_000) ?? count
        languages = try fields.optionalString("languages") ?? languages
        failures = try fields.number("failures", in: 0...1) ?? failures
    }
}

extension ScratchModel {
    fileprivate mutating func read(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: [
            "vocabulary_size", "hidden_size", "layers", "heads", "key_value_heads", "feed_forward_size",
            "context_length",
        ])
        vocabularySize = try fields.whole("vocabulary_size", in: 300...100_000) ?? vocabularySize
        hiddenSize = try fields.whole("hidden_size", in: 8...8192) ?? hiddenSize
        layers = try fields.whole("layers", in: 1...256) ?? layers
        heads = try fields.whole("heads", in: 1...256) ?? heads
        keyValueHeads = try fields.whole("key_value_heads", in: 1...256) ?? keyValueHeads
        feedForwardSize = try fields.whole("feed_forward_size", in: 8...65_536) ?? feedForwardSize
        contextLength = try fields.whole("context_length", in: 16...1_000_000) ?? contextLength
        guard hiddenSize % (2 * heads) == 0, heads % keyValueHeads == 0 else {
            throw fields.error("the heads do not share out the hidden size evenly", at: "heads")
        }
    }
}

extension JSONFields {
    /// A number in a range; nil when the member is missing.
    fileprivate func number(_ name: String, in range: ClosedRange<Double>) throws(JSONError) -> Double? {
        guard let value = try optionalDouble(name) else { return nil }
        guard range.contains(value) else {
            throw error("expected a number from \(range.lowerBound) to \(range.upperBound)", at: name)
        }
        return value
    }

    /// A whole number in a range; nil when the member is missing.
    fileprivate func whole(_ name: String, in range: ClosedRange<Int>) throws(JSONError) -> Int? {
        guard let value = try optionalInteger(name) else { return nil }
        guard range.contains(value) else {
            throw error("expected a number from \(range.lowerBound) to \(range.upperBound)", at: name)
        }
        return value
    }

    /// The case of an enumeration that a member names; nil when it is missing.
    fileprivate func choice<Choice: RawRepresentable & CaseIterable>(_ name: String) throws(JSONError) -> Choice?
    where Choice.RawValue == String {
        guard let word = try optionalString(name) else { return nil }
        guard let choice = Choice(rawValue: word) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("expected one of \(known)", at: name)
        }
        return choice
    }
}
