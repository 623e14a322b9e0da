import Glibc

/// How passes are put together; the caller holds the lock.
extension PolicyModel {
    /// What writes completions of prompts.
    func samplingRun(_ prompts: [SamplingPrompt], _ parameters: SamplingParameters) -> SamplingRun {
        let longest = prompts.reduce(0) { max($0, $1.tokens.count) }
        let room = memory.headRoom(learns: false)
        let all = prompts.reduce(0) { $0 + $1.tokens.count }
        let rows = max(min(parameters.batch, room.rows), min(tokens, all), longest)
        return SamplingRun(
            forward: makeForward(rows, positions: longest + parameters.maximumTokens, parameters.precision), team: team,
            parameters: parameters, prompts: prompts, activations: memory.activations(rows, keeping: .nothing),
            room: room,
            pool: memory.pool, promptTokens: tokens)
    }

    /// Applies all layers.
    func run(_ worker: Worker, _ forward: ForwardPass, _ batch: TokenBatch, _ activations: Activations) {
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

    /// Adds the gradients of a batch.
    func accumulate(
        _ batch: TokenBatch, _ groups: [TokenGroup], _ temperature: Float, _ headRoom: HeadRoom, _ table: ScoreTable,
        _ known: GradientTable?, _ loss: LossGradient
    ) throws(PolicyError) {
        let activations = memory.activations(
            max(tokens, batch.count), keeping: recomputes ? .inputs : .everything)
        let forward = makeForward(batch.count, positions: batch.longestPosition, .float32)
        let room = memory.backwardRoom(max(tokens, batch.count))
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
            gradient = try GradientTable(loss, of: batch, groups, table)
        }
        let gradients = currentGradients
        let sink: GradientSink =
            adapter.map { .adapter(gradients, parameters: trainable, $0) } ?? .full(gradients)
        let backward = BackwardPass(weights: weights, rotary: forward.rotary, sink: sink, room: room, batch: batch)
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
}
