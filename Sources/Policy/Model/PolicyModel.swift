import CPolicyKernels
import Glibc

/// A language model that writes, scores what was written, and learns.
///
/// It computes with threads of its own and returns when it is done, so call it from a thread that may be kept. One caller
/// at a time computes; others wait.
///
/// The bits of a result depend neither on the number of threads, nor on what else is in a batch, nor on whether a token is
/// decoded or seen in a whole sequence: each element of a product is one chain of multiply-adds in a fixed order.
public final class PolicyModel: @unchecked Sendable {
    // SAFETY: everything that changes is used while `lock` is held.

    /// The shape of the model.
    public let configuration: ModelConfiguration
    /// The adapter that learns in the model's place; nil where the model itself learns.
    public let adapter: AdapterConfiguration?
    /// The model's own parameters; with an adapter they never change.
    public let parameters: Parameters
    /// What learns: the model's parameters, or those of the adapter.
    public let trainable: Parameters
    /// Threads that compute.
    public var threads: Int { team.count }

    let team: ThreadTeam
    let weights: Weights
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    let packed: PackedModel
    private var bytes: PackedModel?
    private var bytesAreCurrent = false
    private var storedGradients: Parameters?
    private var storedOptimizer: OptimizerState?
    var tokens = 1024
    var recomputes = false
    let memory: ModelMemory

    /// Creates a model over parameters, which it uses as they are.
    ///
    /// - Parameters:
    ///   - adapterSeed: What the adapter's first numbers depend on.
    ///   - threads: Threads that compute; the processors that there are, unless said.
    /// - Throws: When the configuration is none, or the parameters belong to another.
    public convenience init(
        _ configuration: ModelConfiguration, parameters: Parameters, adapter: AdapterConfiguration? = nil,
        adapterSeed: UInt64 = 0, threads: Int? = nil
    ) throws(PolicyError) {
        try self.init(
            configuration, parameters: parameters, adapter: adapter, adapterSeed: adapterSeed, threads: threads,
            kernels: .widest)
    }

    init(
        _ configuration: ModelConfiguration, parameters: Parameters, adapter: AdapterConfiguration?,
        adapterSeed: UInt64,
        threads: Int?, kernels: Kernels
    ) throws(PolicyError) {
        try configuration.validate()
        try adapter?.validate()
        guard parameters.layout == ParameterLayout(configuration) else {
            throw PolicyError("the parameters are those of a model of another shape")
        }
        self.configuration = configuration
        self.adapter = adapter
        self.parameters = parameters
        if let adapter {
            trainable = Parameters(ParameterLayout(adapter, of: configuration))
            trainable.randomize(seed: adapterSeed)
        } else {
            trainable = parameters
        }
        let effective = adapter == nil ? parameters : Parameters(parameters.layout)
        weights = Weights(configuration, effective, kernels)
        team = ThreadTeam(count: min(64, threads ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
        lock = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        packed = PackedModel(configuration, precision: .float32)
        memory = ModelMemory(configuration, rank: adapter?.rank ?? 0)
        repack(copiesBase: true)
    }

    deinit {
        team.close()
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    /// Tokens that a pass over the layers takes at most, where groups are small enough; its activations fill the memory.
    public var tokensPerPass: Int {
        get { withLock { tokens } }
        set { withLock { tokens = max(1, newValue) } }
    }

    /// Whether a backward pass computes activations again instead of keeping them: less memory, a third more time.
    public var recomputesActivations: Bool {
        get { withLock { recomputes } }
        set { withLock { recomputes = newValue } }
    }

    /// Gradients that were accumulated since the last update.
    public var gradients: Parameters { withLock { currentGradients } }

    /// What the optimiser remembers.
    public var optimizer: OptimizerState { withLock { currentOptimizer } }

    /// Takes note that somebody wrote into `parameters` or `trainable`.
    public func parametersChanged() { withLock { repack(copiesBase: true) } }

    /// The model's parameters with the adapter in them.
    public func merged() -> Parameters {
        withLock {
            let copy = Parameters(parameters.layout)
            copy.copy(from: weights.parameters)
            return copy
        }
    }

    /// Forgets the gradients that were accumulated.
    public func clearGradients() { withLock { storedGradients?.clear() } }

    /// Writes completions of prompts.
    ///
    /// - Parameter finished: Takes prompt, completion and result as completions end, in any order, on the calling thread;
    ///   false stops everything. It must not call the model, which waits for it.
    /// - Returns: The completions by prompt.
    public func sample(
        _ prompts: [SamplingPrompt], _ parameters: SamplingParameters,
        finished: ((Int, Int, SampledCompletion) -> Bool)? = nil
    ) throws(PolicyError) -> [[SampledCompletion]] {
        try parameters.validate()
        for prompt in prompts {
            try check(prompt.tokens)
            guard prompt.completions >= 0 else {
                throw PolicyError("\(prompt.completions) completions of a prompt are wanted")
            }
            guard !prompt.tokens.isEmpty else { throw PolicyError("there is nothing in a prompt") }
            try checkLength(prompt.tokens.count + parameters.maximumTokens)
        }
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return try samplingRun(prompts, parameters).run(finished)
    }

    /// Computes the logits of the token that comes behind each prompt.
    public func logits(after prompts: [[Int32]]) throws(PolicyError) -> [[Float]] {
        for prompt in prompts {
            try check(prompt)
            guard !prompt.isEmpty else { throw PolicyError("there is nothing in a prompt") }
            try checkLength(prompt.count)
        }
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return samplingRun(prompts.map { SamplingPrompt(tokens: $0) }, SamplingParameters(maximumTokens: 1)).logits()
    }

    /// Scores completions.
    ///
    /// - Parameter temperature: What logits are divided by.
    /// - Returns: The scores by group and completion.
    public func score(_ groups: [TokenGroup], temperature: Float = 1) throws(PolicyError) -> [[TokenScores]] {
        try check(groups, temperature)
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        let table = ScoreTable(groups)
        let head = HeadPass(
            weights: weights, packed: packed.head, room: memory.headRoom(learns: false),
            temperature: temperature)
        for batch in TokenBatch.cut(groups, limit: tokens, includes: { _, _ in true }) {
            let activations = memory.activations(max(tokens, batch.count), keeping: .nothing)
            let forward = makeForward(batch.count, positions: batch.longestPosition, .float32)
            team.run { worker in
                run(worker, forward, batch, activations)
                head.score(worker, batch.scored[...], stream: activations.stream(configuration.layerCount), into: table)
            }
        }
        return try table.results(of: groups)
    }

    /// Adds the gradient of a loss to `gradients`.
    ///
    /// Completions whose gradient is known to be zero are not computed, and their scores come back empty.
    /// - Parameter temperature: What logits are divided by.
    /// - Returns: The scores by group and completion.
    @discardableResult
    public func accumulateGradients(
        of groups: [TokenGroup], temperature: Float = 1, _ loss: LossGradient
    ) throws(PolicyError) -> [[TokenScores]] {
        try check(groups, temperature)
        var known: GradientTable?
        if case .known(let gradients) = loss {
            guard gradients.count == groups.count else {
                throw PolicyError("there are gradients for \(gradients.count) of \(groups.count) groups")
            }
            for (gradient, group) in zip(gradients, groups) { try GradientTable.check(gradient, of: group) }
            known = GradientTable(gradients)
        }
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        let table = ScoreTable(groups)
        let room = memory.headRoom(learns: true)
        team.run { room.pack($0, weights) }
        for batch in TokenBatch.cut(groups, limit: tokens, includes: { known?.teaches($0, $1) ?? true }) {
            try accumulate(batch, groups, temperature, room, table, known, loss)
        }
        return try table.results(of: groups) { known?.teaches($0, $1) ?? true }
    }

    /// Moves what learns against the gradients, and clears them.
    ///
    /// - Parameter maximumNorm: Length to which gradients are clipped; nil for none.
    /// - Throws: When a gradient is not finite; nothing has changed then, but that the gradients are cleared.
    @discardableResult
    public func update(
        learningRate: Float, _ settings: AdamWSettings = AdamWSettings(), maximumNorm: Float? = 1
    ) throws(PolicyError) -> UpdateMetrics {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        let gradients = currentGradients
        let norm = GradientNorm.compute(team, weights.kernels, gradients)
        guard norm.isFinite else {
            gradients.clear()
            throw PolicyError("the gradient is not finite")
        }
        // The addend is that of PyTorch's clip_grad_norm_.
        let factor = maximumNorm.map { min(1, $0 / (Float(norm) + 1e-6)) } ?? 1
        currentOptimizer.update(
            team, weights.kernels, trainable, gradients, learningRate: learningRate, settings, scale: factor)
        gradients.clear()
        repack(copiesBase: false)
        return UpdateMetrics(gradientNorm: Float(norm), clipFactor: factor)
    }
}

// MARK: - What is made when it is first needed

extension PolicyModel {
    private func withLock<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body()
    }

    var currentGradients: Parameters {
        if let storedGradients { return storedGradients }
        let made = Parameters(trainable.layout)
        storedGradients = made
        return made
    }

    private var currentOptimizer: OptimizerState {
        if let storedOptimizer { return storedOptimizer }
        let made = OptimizerState(trainable.layout)
        storedOptimizer = made
        return made
    }

    func makeForward(_ count: Int, positions: Int, _ precision: SamplingParameters.Precision) -> ForwardPass {
        let packed: PackedModel =
            switch precision {
            case .float32: self.packed
            case .int8: currentBytes
            }
        return ForwardPass(
            weights: weights, packed: packed, rotary: memory.rotary(positions: positions),
            operand: memory.operand(count))
    }

    private var currentBytes: PackedModel {
        let bytes = bytes ?? PackedModel(configuration, precision: .int8)
        self.bytes = bytes
        if !bytesAreCurrent { team.run { bytes.pack($0, weights) } }
        bytesAreCurrent = true
        return bytes
    }

    private func repack(copiesBase: Bool) {
        if let adapter {
            AdapterMerge(adapter: adapter, weights: weights, base: parameters, parameters: trainable)
                .run(team, copiesBase: copiesBase)
        }
        team.run { packed.pack($0, weights) }
        bytesAreCurrent = false
    }
}
