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
    private let packed: PackedModel
    private var bytes: PackedModel?
    private var bytesAreCurrent = false
    private var rotary: RotaryTable
    private var tokens = 1024
    private var recomputes = false
    private var storedGradients: Parameters?
    private var storedOptimizer: OptimizerState?
    private var activations: Activations?
    private var backwardRoom: BackwardRoom?
    private var headRoom: HeadRoom?
    private var operand = FloatBuffer(count: 0)
    private var pool: KeyValuePool

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
        rotary = RotaryTable(configuration, positions: min(configuration.contextLength, 256))
        pool = KeyValuePool(configuration)
        repack()
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
    public func parametersChanged() { withLock { repack() } }

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
    ///   false stops everything.
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
            weights: weights, packed: packed.head, room: headRoom ?? makeHeadRoom(learns: false),
            temperature: temperature)
        for batch in batches(groups, includes: { _, _ in true }) {
            let activations = makeActivations(batch.count, keeping: .nothing)
            let forward = makeForward(batch.count, positions: longestPosition(batch), .float32)
            team.run { worker in
                run(worker, forward, batch, activations)
                head.score(worker, batch.scored[...], stream: activations.stream(configuration.layerCount), into: table)
            }
        }
        return try results(table, groups)
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
        let room = makeHeadRoom(learns: true)
        team.run { room.pack($0, weights) }
        for batch in batches(groups, includes: { known?.teaches($0, $1) ?? true }) {
            try accumulate(batch, groups, temperature, room, table, known, loss)
        }
        return try results(table, groups) { known?.teaches($0, $1) ?? true }
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
        repack()
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

    private var currentGradients: Parameters {
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

    private func makeActivations(_ count: Int, keeping: Activations.Keeping) -> Activations {
        if let activations, activations.keeping == keeping, activations.capacity >= count { return activations }
        activations = nil
        let made = Activations(configuration, capacity: max(count, tokens), keeping: keeping)
        activations = made
        return made
    }

    private func makeHeadRoom(learns: Bool) -> HeadRoom {
        if let headRoom, !learns || headRoom.headRows != nil { return headRoom }
        headRoom = nil
        let made = HeadRoom(configuration, rows: HeadRoom.rows(configuration), learns: learns)
        headRoom = made
        return made
    }

    private func makeBackwardRoom(_ count: Int) -> BackwardRoom {
        if let backwardRoom, backwardRoom.capacity >= count { return backwardRoom }
        backwardRoom = nil
        let made = BackwardRoom(configuration, capacity: max(count, tokens), rank: adapter?.rank ?? 0)
        backwardRoom = made
        return made
    }

    private func makeForward(_ count: Int, positions: Int, _ precision: SamplingParameters.Precision) -> ForwardPass {
        let wanted = count * ForwardPass.operandWidth(configuration)
        if operand.count < wanted { operand = FloatBuffer(count: wanted) }
        let ends = rotary.positions
        if ends < positions { rotary = RotaryTable(configuration, positions: max(positions, 2 * ends)) }
        let packed: PackedModel =
            switch precision {
            case .float32: self.packed
            case .int8: currentBytes
            }
        return ForwardPass(weights: weights, packed: packed, rotary: rotary, operand: operand.start)
    }

    private var currentBytes: PackedModel {
        let bytes = bytes ?? PackedModel(configuration, precision: .int8)
        self.bytes = bytes
        if !bytesAreCurrent { team.run { bytes.pack($0, weights) } }
        bytesAreCurrent = true
        return bytes
    }

    private func repack() {
        if let adapter {
            AdapterMerge(adapter: adapter, weights: weights, base: parameters, parameters: trainable).run(team)
        }
        team.run { packed.pack($0, weights) }
        bytesAreCurrent = false
    }
}

// MARK: - Passes

extension PolicyModel {
    private func samplingRun(_ prompts: [SamplingPrompt], _ parameters: SamplingParameters) -> SamplingRun {
        let longest = prompts.reduce(0) { max($0, $1.tokens.count) }
        let room = headRoom ?? makeHeadRoom(learns: false)
        let all = prompts.reduce(0) { $0 + $1.tokens.count }
        let rows = max(min(parameters.batch, room.rows), min(tokens, all), longest)
        return SamplingRun(
            forward: makeForward(rows, positions: longest + parameters.maximumTokens, parameters.precision), team: team,
            parameters: parameters, prompts: prompts, activations: makeActivations(rows, keeping: .nothing), room: room,
            pool: pool, promptTokens: tokens)
    }

    private func run(_ worker: Worker, _ forward: ForwardPass, _ batch: TokenBatch, _ activations: Activations) {
        forward.embed(worker, batch.tokens, into: activations.stream(0))
        for layer in 0..<configuration.layerCount { apply(worker, forward, batch, activations, layer) }
    }

    private func apply(
        _ worker: Worker, _ forward: ForwardPass, _ batch: TokenBatch, _ activations: Activations, _ layer: Int
    ) {
        let rows = activations.layer(layer)
        let attention = BatchAttention(configuration: configuration, kernels: weights.kernels, batch: batch)
        forward.apply(worker, layer: layer, to: rows, positions: batch.positions) { attention.attend($0, rows) }
    }

    private func accumulate(
        _ batch: TokenBatch, _ groups: [TokenGroup], _ temperature: Float, _ headRoom: HeadRoom, _ table: ScoreTable,
        _ known: GradientTable?, _ loss: LossGradient
    ) throws(PolicyError) {
        let activations = makeActivations(batch.count, keeping: recomputes ? .inputs : .everything)
        let forward = makeForward(batch.count, positions: longestPosition(batch), .float32)
        let room = makeBackwardRoom(batch.count)
        let head = HeadPass(weights: weights, packed: packed.head, room: headRoom, temperature: temperature)
        let stream = activations.stream(configuration.layerCount)
        team.run { worker in
            run(worker, forward, batch, activations)
            if known == nil { head.score(worker, batch.scored[...], stream: stream, into: table) }
        }
        let gradient: GradientTable
        if let known {
            gradient = known
        } else {
            gradient = try self.gradient(batch, groups, table, loss)
        }
        let gradients = currentGradients
        let sink: GradientSink =
            adapter.map { .adapter(gradients, parameters: trainable, $0) } ?? .full(gradients)
        let backward = BackwardPass(weights: weights, rotary: rotary, sink: sink, room: room, batch: batch)
        let byteCount = batch.count * configuration.hiddenSize * MemoryLayout<Float>.stride
        memset(room.dInput.start, 0, byteCount)
        memset(room.dStream.start, 0, byteCount)
        team.run { worker in
            head.score(
                worker, batch.scored[...], stream: stream, into: table, gradient: gradient, dNormed: room.dInput.start,
                gradients: sink.full)
            backward.normalizeBackward(worker, stream, gain: weights.finalGain, dOutput: room.dInput.start)
            for layer in (0..<configuration.layerCount).reversed() {
                if activations.keeping == .inputs { apply(worker, forward, batch, activations, layer) }
                backward.apply(worker, layer: layer, activations.layer(layer))
            }
            backward.embedBackward(worker)
        }
    }

    private func gradient(
        _ batch: TokenBatch, _ groups: [TokenGroup], _ table: ScoreTable, _ loss: LossGradient
    ) throws(PolicyError) -> GradientTable {
        var gradients = groups.map { group in
            group.completions.map { _ in TokenGradients(logProbabilities: []) }
        }
        for group in Set(batch.scored.map(\.group)).sorted() {
            guard case .computed(let compute) = loss else { continue }
            gradients[group] = compute(group, table.scores(of: group))
            try GradientTable.check(gradients[group], of: groups[group])
        }
        return GradientTable(gradients)
    }

    /// Cuts groups into batches of whole groups.
    private func batches(_ groups: [TokenGroup], includes: (Int, Int) -> Bool) -> [TokenBatch] {
        var batches: [TokenBatch] = []
        var batch = TokenBatch()
        for (number, group) in groups.enumerated() {
            if batch.count > 0, batch.count + TokenBatch.rowCount(group) > tokens {
                batches.append(batch)
                batch = TokenBatch()
            }
            batch.append(group, number: number) { includes(number, $0) }
        }
        if batch.count > 0 { batches.append(batch) }
        return batches
    }

    private func longestPosition(_ batch: TokenBatch) -> Int { (batch.positions.max() ?? 0) + 1 }

    private func results(
        _ table: ScoreTable, _ groups: [TokenGroup], includes: (Int, Int) -> Bool = { _, _ in true }
    ) throws(PolicyError) -> [[TokenScores]] {
        guard table.isFinite else { throw PolicyError("the model's logits are not finite") }
        return groups.indices.map { group in
            table.scores(of: group).enumerated().map { completion, scores in
                includes(group, completion) ? scores : TokenScores(logProbabilities: [], entropies: [])
            }
        }
    }
}

// MARK: - What comes from outside

extension PolicyModel {
    private func check(_ tokens: [Int32]) throws(PolicyError) {
        for token in tokens where token < 0 || token >= configuration.vocabularySize {
            throw PolicyError("there is no token \(token) in a vocabulary of \(configuration.vocabularySize)")
        }
    }

    private func checkLength(_ count: Int) throws(PolicyError) {
        guard count <= configuration.contextLength else {
            throw PolicyError("\(count) tokens are more than the context of \(configuration.contextLength)")
        }
    }

    private func check(_ groups: [TokenGroup], _ temperature: Float) throws(PolicyError) {
        guard temperature > 0, temperature.isFinite else {
            throw PolicyError("a temperature of \(temperature) is not above 0")
        }
        for group in groups {
            guard !group.prompt.isEmpty else { throw PolicyError("there is nothing in a prompt") }
            try check(group.prompt)
            for completion in group.completions {
                try check(completion)
                try checkLength(group.prompt.count + completion.count)
            }
        }
    }
}
