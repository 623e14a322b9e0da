import CPolicyKernels
import Glibc

/// Writes completions: prompts are computed once, completions enter as others leave, and each step adds a token to all.
struct SamplingRun {
    let forward: ForwardPass
    let team: ThreadTeam
    let parameters: SamplingParameters
    let prompts: [SamplingPrompt]
    let activations: Activations
    let room: HeadRoom
    let pool: KeyValuePool
    /// Tokens of prompts that are computed at a time.
    let promptTokens: Int

    /// A prompt that was computed and not yet given to all of its completions.
    private struct Waiting {
        var prompt: Int
        var completion = 0
        var prefix: KeyValueSpan
        /// Logits of the first token.
        var logits: [Float]
    }

    private var configuration: ModelConfiguration { forward.weights.configuration }
    private var kernels: Kernels { forward.weights.kernels }

    /// Writes all completions.
    func run(_ finished: ((Int, Int, SampledCompletion) -> Bool)?) throws(PolicyError) -> [[SampledCompletion]] {
        let none = SampledCompletion(tokens: [], logProbabilities: [], finish: .stopped)
        var results = prompts.map { Array(repeating: none, count: $0.completions) }
        var next = 0
        var waiting: [Waiting] = []
        var open: [OpenCompletion] = []
        var goesOn = true

        func retire() throws(PolicyError) {
            var left: [OpenCompletion] = []
            for completion in open {
                guard completion.logProbabilities.last?.isFinite != false else {
                    throw PolicyError("the model's logits are not finite")
                }
                guard let finish = completion.finish(parameters) else {
                    left.append(completion)
                    continue
                }
                let result = completion.result(finish)
                results[completion.prompt][completion.completion] = result
                if let finished, !finished(completion.prompt, completion.completion, result) { goesOn = false }
            }
            open = left
        }

        while goesOn {
            while goesOn, open.count < parameters.batch, !waiting.isEmpty || next < prompts.count {
                if waiting.isEmpty { waiting = computePrompts(from: &next, wanted: parameters.batch - open.count) }
                open.append(
                    contentsOf: open.isEmpty
                        ? enter(&waiting, room: parameters.batch) : enter(&waiting, room: parameters.batch - open.count)
                )
                try retire()
            }
            if open.isEmpty || !goesOn { break }
            step(open)
            try retire()
        }
        for completion in open { results[completion.prompt][completion.completion] = completion.result(.stopped) }
        return results
    }

    /// The logits behind each prompt.
    func logits() -> [[Float]] {
        var next = 0
        var logits: [[Float]] = []
        while next < prompts.count { logits += computePrompts(from: &next, wanted: .max).map(\.logits) }
        return logits
    }

    /// Computes prompts whose completions there is room for.
    private func computePrompts(from next: inout Int, wanted: Int) -> [Waiting] {
        var batch = TokenBatch()
        var waiting: [Waiting] = []
        var room = wanted
        while next < prompts.count, room > 0,
            batch.count == 0 || batch.count + prompts[next].tokens.count <= promptTokens
        {
            let prompt = prompts[next]
            if prompt.completions > 0 {
                let prefix = KeyValueSpan(pool)
                prefix.count = prompt.tokens.count
                prefix.reserve(prefix.count)
                batch.append(prompt: prompt.tokens)
                waiting.append(Waiting(prompt: next, prefix: prefix, logits: []))
                room -= prompt.completions
            }
            next += 1
        }
        guard !waiting.isEmpty else { return [] }
        let spans = waiting.map(\.prefix)
        let attention = BatchAttention(configuration: configuration, kernels: kernels, batch: batch)
        let last = batch.segments.map { $0.rows.upperBound - 1 }
        var first = 0
        team.run { worker in
            forward.embed(worker, batch.tokens, into: activations.stream(0))
            for layer in 0..<configuration.layerCount {
                let rows = activations.layer(layer)
                forward.apply(worker, layer: layer, to: rows, positions: batch.positions) { worker in
                    attention.attend(worker, rows) { tree, head, block in
                        spans[tree].start(layer: layer, head: head, block: block)
                    }
                }
            }
        }
        while first < last.count {
            let rows = Array(last[first..<min(last.count, first + self.room.rows)])
            team.run { worker in computeLogits(worker, of: rows) }
            for place in rows.indices {
                let start = self.room.logits.start + place * configuration.vocabularySize
                waiting[first + place].logits = Array(
                    UnsafeBufferPointer(start: start, count: configuration.vocabularySize))
            }
            first += rows.count
        }
        return waiting
    }

    /// Draws the first tokens of completions for which there is room.
    private func enter(_ waiting: inout [Waiting], room: Int) -> [OpenCompletion] {
        var entered: [OpenCompletion] = []
        var sources: [[Float]] = []
        while entered.count < room, let first = waiting.first {
            let prompt = prompts[first.prompt]
            entered.append(
                OpenCompletion(
                    prompt: first.prompt, completion: first.completion, seed: prompt.seed, prefix: first.prefix,
                    pool: pool))
            sources.append(first.logits)
            waiting[0].completion += 1
            if waiting[0].completion == prompt.completions { waiting.removeFirst() }
        }
        draw(entered) { number, body in sources[number].withUnsafeBufferPointer { $0.baseAddress.map(body) } }
        return entered
    }

    /// Adds a token to each completion.
    private func step(_ open: [OpenCompletion]) {
        for first in stride(from: 0, to: open.count, by: room.rows) {
            step(chunk: Array(open[first..<min(open.count, first + room.rows)]))
        }
    }

    private func step(chunk open: [OpenCompletion]) {
        let tokens = open.map { $0.tokens[$0.tokens.count - 1] }
        let positions = open.map(\.position)
        for completion in open { completion.own.reserve(completion.own.count + 1) }
        let attention = CachedAttention(configuration: configuration, kernels: kernels, completions: open)
        team.run { worker in
            forward.embed(worker, tokens, into: activations.stream(0))
            for layer in 0..<configuration.layerCount {
                let rows = activations.layer(layer)
                forward.apply(worker, layer: layer, to: rows, positions: positions) { worker in
                    attention.attend(worker, rows, layer: layer)
                }
            }
            computeLogits(worker, of: Array(open.indices))
        }
        for completion in open { completion.own.count += 1 }
        let logits = room.logits.start
        draw(open) { number, body in body(logits + number * configuration.vocabularySize) }
    }

    /// Fills the rows of logits from rows of the residual stream behind the last layer.
    private func computeLogits(_ worker: Worker, of rows: [Int]) {
        let width = configuration.hiddenSize
        let stream = activations.stream(configuration.layerCount)
        let gain = forward.weights.start + forward.weights.finalGain
        worker.packRows(kernels, rows.count, width, into: forward.operand) { row, line in
            kernels.table.normalize(stream + rows[row] * width, gain, line, width, configuration.normEpsilon)
        }
        worker.barrier()
        worker.multiply(
            kernels, rows.count, forward.operand, forward.packed.head, into: room.logits.start,
            stride: configuration.vocabularySize)
        worker.barrier()
    }

    /// Draws a token for each completion.
    private func draw(
        _ completions: [OpenCompletion], logits: (Int, (UnsafePointer<Float>) -> Void) -> Void
    ) {
        let draw = TokenDraw(kernels: kernels, parameters: parameters, vocabulary: configuration.vocabularySize)
        let drawn = UnsafeMutableBufferPointer<(token: Int32, logProbability: Float)>.allocate(
            capacity: completions.count)
        defer { drawn.deallocate() }
        team.run { worker in
            let scratch = worker.scratch(draw.scratchCount)
            worker.share(completions.count) { number in
                logits(number) { row in
                    drawn.initializeElement(
                        at: number, to: draw.draw(row, completions[number].nextNumber, scratch: scratch))
                }
            }
        }
        for (completion, token) in zip(completions, drawn) { completion.append(token.token, token.logProbability) }
    }
}
