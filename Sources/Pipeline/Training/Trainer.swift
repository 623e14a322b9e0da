import JSON
import Policy
import TaskGeneration
import Tasks

/// The loop: tasks, rollouts, scores, an update, and again; on a thread of its own, for numerics block.
actor Trainer {
    let configuration: TrainingConfiguration
    let model: LanguageModel
    let policy: PolicyModel
    /// The policy as it was before it learnt from scores; nil where nobody asks how far it has gone.
    var reference: PolicyModel?
    /// The tasks that are learnt from.
    let feed: any TaskFeed
    /// The tasks that only evaluations see.
    let heldOut: [TrainingTask]
    /// Gives a pipeline for one batch: what is equal in a batch runs once, and is forgotten with it.
    let pipelines: @Sendable () -> RewardPipeline
    /// The names of the components of every score.
    let componentNames: [String]
    let folder: RunFolder
    let observer: TrainingObserver
    var state: Checkpoint
    let metrics: LineLog
    let evaluations: LineLog
    let examples: LineLog
    let events: EventFile
    /// Updates in a row that were left out because a gradient was no number.
    var brokenUpdates = 0
    private let executor: ThreadExecutor
    private let clock = ContinuousClock()

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Prepares a run, or takes up one where its checkpoint left it.
    init(
        _ configuration: TrainingConfiguration, model: LanguageModel, policy: PolicyModel, feed: any TaskFeed,
        heldOut: [TrainingTask], pipelines: @escaping @Sendable () -> RewardPipeline, folder: RunFolder, resumes: Bool,
        observer: TrainingObserver
    ) throws(PipelineError) {
        self.configuration = configuration
        self.model = model
        self.policy = policy
        self.feed = feed
        self.heldOut = heldOut
        self.pipelines = pipelines
        componentNames = pipelines().componentNames
        self.folder = folder
        self.observer = observer
        let hasState = resumes && Folder.exists(folder.checkpoint)
        var state = hasState ? try Checkpoint(reading: folder.checkpoint, into: policy) : Checkpoint()
        // A run that was finished goes on when it is given more steps.
        if state.phase == .finished, state.step < configuration.steps { state.phase = .policy }
        let kept = state
        let isKept: (JSONValue) -> Bool = { line in
            guard let phase = line["phase"]?.string, let step = line["step"]?.integer else { return false }
            return kept.covers(phase: phase, step: Int(step))
        }
        metrics = try LineLog(folder.metrics, keeping: hasState ? isKept : nil)
        evaluations = try LineLog(folder.evaluations, keeping: hasState ? isKept : nil)
        examples = try LineLog(folder.rollouts, keeping: hasState ? isKept : nil)
        events = try EventFile(in: folder.path)
        self.state = state
        executor = ThreadExecutor(name: "training")
    }

    /// Runs to the last step.
    ///
    /// - Returns: What the last evaluation found, greedy and sampled.
    func run() async throws(PipelineError) -> TrainingOutcome {
        if state.phase == .warmStart { try await warmStart() }
        if state.phase == .policy {
            if configuration.loss.divergenceWeight > 0 { reference = try frozen() }
            if state.step == 0 { try await evaluate() }
            while state.step < configuration.steps {
                try checkCancelled()
                let began = clock.now
                async let ahead: Void = feed.prepare(lookAhead())
                var line = try await learn()
                await ahead
                state.step += 1
                line["step_time"] = .number((clock.now - began) / .seconds(1))
                try log(line)
                let isLast = state.step == configuration.steps
                if isLast || state.step % configuration.evaluationInterval == 0 { try await evaluate() }
                if isLast { state.phase = .finished }
                if isLast || state.step % configuration.checkpointInterval == 0 { try save() }
            }
            if configuration.steps == 0 { state.phase = .finished }
        }
        try writeModel()
        try save()
        return TrainingOutcome(
            steps: state.step, tokens: state.tokens, model: folder.model, changes: folder.changes)
    }

    // MARK: -

    /// Ends a run whose caller has given it up; its last good state stays.
    func checkCancelled() throws(PipelineError) {
        guard Task.isCancelled else { return }
        throw PipelineError(.user, "the run was called off", hint: "go on with --resume \(folder.path)")
    }

    /// What the step after the next draw is likely to look at; chances that depend on scores cannot be foreseen.
    private func lookAhead() -> [TaskLook] {
        if configuration.usesCurriculum { return [] }
        return feed.looks(
            configuration.prompts, from: state.cursor + configuration.prompts, seed: configuration.seed, series: .policy
        )
    }

    /// Writes the state; where that fails, the last one stays and is said to.
    func save() throws(PipelineError) {
        do throws(PipelineError) {
            try state.write(to: folder.checkpoint, policy)
        } catch {
            throw PipelineError(
                .user, error.message,
                hint: "the last good state stays; make room, then go on with --resume \(folder.path)")
        }
    }

    /// Writes a line of measurements, for people and for TensorBoard.
    func log(_ line: JSONObject) throws(PipelineError) {
        var row: JSONObject = ["phase": .string(state.phase.rawValue), "step": .integer(Int64(state.step))]
        for (name, value) in line { row[name] = value }
        try metrics.append(row)
        let values = line.compactMap { name, value in value.double.map { (name: name, value: $0) } }
        try events.append(values, step: state.step)
        let shown = ["loss", "reward", "pass_rate", "frac_reward_zero_std", "completions/mean_length", "step_time"]
            .compactMap { name in
                line[name]?.double.map { "\(name.split(separator: "/").last ?? "") \(Figures.fixed($0, decimals: 3))" }
            }
        let total = state.phase == .warmStart ? configuration.warmStart.steps : configuration.steps
        observer.progress("\(state.phase.rawValue) \(state.step)/\(total)  " + shown.joined(separator: "  "))
    }

    /// The seed of the rollouts of a place in a step.
    func seed(_ purpose: UInt64, _ step: Int, _ place: Int) -> UInt64 {
        Fingerprint.mix(
            Fingerprint.mix(configuration.seed, purpose), UInt64(step) << 24 | UInt64(truncatingIfNeeded: place))
    }

    /// The policy as it was before the first step, with weights of its own that nobody moves.
    private func frozen() throws(PipelineError) -> PolicyModel {
        do throws(PolicyError) {
            if policy.adapter != nil, configuration.warmStart.steps == 0 {
                return try PolicyModel(
                    model.configuration, parameters: policy.parameters, threads: configuration.threads)
            }
            let parameters = Parameters(ParameterLayout(model.configuration))
            if state.step == 0 {
                parameters.copy(from: policy.merged())
            } else {
                do throws(ModelFileError) {
                    try parameters.load(SafetensorsFile(folder.start + "/model.safetensors"))
                } catch {
                    throw PolicyError(error.description)
                }
            }
            return try PolicyModel(model.configuration, parameters: parameters, threads: configuration.threads)
        } catch {
            throw PipelineError(error)
        }
    }

    /// Writes what came of the run: the whole model, and the adapter alone where there is one.
    private func writeModel() throws(PipelineError) {
        try model.write(to: folder.model, parameters: policy.merged())
        guard let adapter = policy.adapter else { return }
        try Folder.make(folder.adapter)
        do throws(ModelFileError) {
            var writer = SafetensorsWriter()
            writer.add(policy.trainable, name: AdapterFiles.name(of:))
            try writer.write(to: "\(folder.adapter)/\(AdapterFiles.weights)")
            let settings = AdapterFiles.json(adapter, base: configuration.model).serializedBytes(pretty: true)
            try WholeFile.write("\(folder.adapter)/\(AdapterFiles.settings)", settings + [0x0A])
        } catch {
            throw PipelineError(error)
        }
    }
}

extension Checkpoint {
    /// Whether a line of that phase and step was written before this state.
    func covers(phase name: String, step: Int) -> Bool {
        guard let other = Phase(rawValue: name) else { return false }
        switch (other, phase) {
        case (.warmStart, .warmStart), (.policy, .policy): return step <= self.step
        case (.warmStart, _): return true
        case (_, .finished): return true
        default: return false
        }
    }
}
