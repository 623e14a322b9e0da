import CPolicyKernels
import Glibc

/// The gradient of a loss through the layers of a model.
///
/// Every sum over tokens has an order of its own that does not depend on the threads, so two threads give the bits of one.
struct BackwardPass {
    let weights: Weights
    let rotary: RotaryTable
    let sink: GradientSink
    let room: BackwardRoom
    let batch: TokenBatch

    /// Rows whose parts of a gain's gradient are added up in one piece.
    static let gainRows = 32

    private var kernels: Kernels { weights.kernels }
    private var configuration: ModelConfiguration { weights.configuration }
    private var count: Int { batch.count }

    /// Takes `dStream` from behind a layer to before it, and adds to the gradients of the layer.
    ///
    /// `rows` lose their gate and up.
    func apply(_ worker: Worker, layer number: Int, _ rows: Activations.Layer) {
        let places = weights.layers[number]
        let set = kernels.table
        let width = configuration.hiddenSize
        let inner = configuration.feedForwardSize
        let (stream, dInput, inputs) = (room.dStream.start, room.dInput.start, room.inputs.start)

        forRows(worker) { row in set.gate(rows.gateUp + row * 2 * inner, inputs + row * inner, inner) }
        backward(
            worker, number, [.down], weight: places.down, bias: nil, dOutput: stream, width, input: inputs, inner,
            dInput: dInput)
        forRows(worker) { row in set.gate_backward(rows.gateUp + row * 2 * inner, dInput + row * inner, inner) }

        let middleGain = weights.start + places.middleGain
        let epsilon = configuration.normEpsilon
        forRows(worker) { row in
            set.normalize(rows.middle + row * width, middleGain, inputs + row * width, width, epsilon)
        }
        backward(
            worker, number, [.gate, .up], weight: places.gateUp, bias: nil, dOutput: rows.gateUp, 2 * inner,
            input: inputs,
            width, dInput: dInput)
        normalizeBackward(worker, rows.middle, gain: places.middleGain, dOutput: dInput)

        backward(
            worker, number, [.output], weight: places.output, bias: nil, dOutput: stream, width, input: rows.attended,
            configuration.queryWidth, dInput: dInput)
        let attention = room.dAttention.start
        BatchAttention(configuration: configuration, kernels: kernels, batch: batch)
            .attendBackward(worker, rows, dAttended: dInput, into: attention)
        worker.barrier()
        let attentionWidth = configuration.attentionWidth
        let heads = configuration.headCount + configuration.keyValueHeadCount
        forRows(worker) { row in
            let position = batch.positions[row]
            set.rotate(
                attention + row * attentionWidth, rotary.cosines(at: position), rotary.sines(at: position), heads,
                configuration.headSize, -1)
        }

        let inputGain = weights.start + places.inputGain
        forRows(worker) { row in
            set.normalize(rows.input + row * width, inputGain, inputs + row * width, width, epsilon)
        }
        backward(
            worker, number, [.query, .key, .value], weight: places.attention, bias: places.attentionBias,
            dOutput: attention, attentionWidth, input: inputs, width, dInput: dInput)
        normalizeBackward(worker, rows.input, gain: places.inputGain, dOutput: dInput)
    }

    /// Adds the gradient through a norm to `dStream`, and to that of its gain.
    func normalizeBackward(
        _ worker: Worker, _ input: UnsafePointer<Float>, gain: Int, dOutput: UnsafePointer<Float>
    ) {
        let width = configuration.hiddenSize
        let gains = weights.start + gain
        let pieces = (count + Self.gainRows - 1) / Self.gainRows
        worker.share(pieces) { piece in
            let part = room.gains.start + piece * width
            memset(part, 0, width * MemoryLayout<Float>.stride)
            for row in piece * Self.gainRows..<min(count, (piece + 1) * Self.gainRows) {
                kernels.table.normalize_backward(
                    input + row * width, gains, dOutput + row * width, room.dStream.start + row * width, part, width,
                    configuration.normEpsilon)
            }
        }
        worker.barrier()
        guard let gradients = sink.full else { return }
        worker.share(1) { _ in
            for piece in 0..<pieces { kernels.table.add(room.gains.start + piece * width, gradients + gain, width) }
        }
        worker.barrier()
    }

    /// Adds the gradient with respect to embeddings.
    func embedBackward(_ worker: Worker) {
        guard let gradients = sink.full else { return }
        let width = configuration.hiddenSize
        let table = gradients + weights.embedding
        // Tokens come more than once: threads share the columns.
        worker.share((width + 63) / 64) { piece in
            let first = piece * 64
            let columns = min(64, width - first)
            for (row, token) in batch.tokens.enumerated() {
                kernels.table.add(
                    room.dStream.start + row * width + first, table + Int(token) * width + first, columns)
            }
        }
        worker.barrier()
    }

    /// The gradient through matrices that lie side by side and have the same input.
    private func backward(
        _ worker: Worker, _ layer: Int, _ modules: [AdapterModule], weight: Int, bias: Int?,
        dOutput: UnsafePointer<Float>, _ outWidth: Int, input: UnsafePointer<Float>, _ inWidth: Int,
        dInput: UnsafeMutablePointer<Float>
    ) {
        let (operand, columns) = (room.operand.start, room.columns.start)
        switch sink {
        case .full(let gradients):
            // dW += dYᵀ X
            worker.packTransposed(kernels, outWidth, count, from: dOutput, stride: outWidth, into: operand)
            worker.barrier()
            worker.packColumns(kernels, count, inWidth, from: input, stride: inWidth, into: columns)
            worker.barrier()
            worker.multiply(
                kernels, outWidth, inWidth, count, operand, columns, into: gradients.start + weight, stride: inWidth,
                accumulates: true)
            worker.barrier()
            if let bias {
                worker.share((outWidth + 63) / 64) { piece in
                    let first = piece * 64
                    let wide = min(64, outWidth - first)
                    for row in 0..<count {
                        kernels.table.add(dOutput + row * outWidth + first, gradients.start + bias + first, wide)
                    }
                }
                worker.barrier()
            }
        case .adapter(let gradients, let parameters, let adapter):
            var first = 0
            for module in modules {
                let out = module.shape(configuration).out
                if adapter.modules.contains(module) {
                    adapterBackward(
                        worker, gradients, parameters, adapter, "model.layers.\(layer).\(module.path)",
                        dOutput: dOutput + first, stride: outWidth, out, input: input, inWidth)
                }
                first += out
            }
        }
        // dX = dY W
        worker.packRows(kernels, count, outWidth, from: dOutput, stride: outWidth, into: operand)
        worker.barrier()
        worker.packColumns(kernels, outWidth, inWidth, from: weights.start + weight, stride: inWidth, into: columns)
        worker.barrier()
        worker.multiply(kernels, count, inWidth, outWidth, operand, columns, into: dInput, stride: inWidth)
        worker.barrier()
    }

    /// dB += s dYᵀ (X Aᵀ) and dA += (s dY B)ᵀ X.
    private func adapterBackward(
        _ worker: Worker, _ gradients: Parameters, _ parameters: Parameters, _ adapter: AdapterConfiguration,
        _ name: String, dOutput: UnsafePointer<Float>, stride: Int, _ outWidth: Int, input: UnsafePointer<Float>,
        _ inWidth: Int
    ) {
        let rank = adapter.rank
        let (operand, columns) = (room.operand.start, room.columns.start)
        let (down, up) = (room.ranks.start, room.ranks.start + count * rank)
        let a = parameters.layout.offset(name + ".lora_A.weight")
        let b = parameters.layout.offset(name + ".lora_B.weight")
        // down = s X Aᵀ, up = s dY B
        worker.packRows(kernels, count, inWidth, from: input, stride: inWidth, into: operand)
        worker.barrier()
        worker.share(1) { _ in kernels.table.pack_b(parameters.start + a, 1, inWidth, inWidth, rank, columns) }
        worker.barrier()
        worker.multiply(kernels, count, rank, inWidth, operand, columns, into: down, stride: rank)
        worker.barrier()
        worker.packRows(kernels, count, outWidth, from: dOutput, stride: stride, into: operand)
        worker.barrier()
        worker.share(1) { _ in kernels.table.pack_b(parameters.start + b, rank, 1, outWidth, rank, columns) }
        worker.barrier()
        worker.multiply(kernels, count, rank, outWidth, operand, columns, into: up, stride: rank)
        worker.barrier()
        forRows(worker) { row in
            for place in row * rank..<(row + 1) * rank {
                down[place] *= adapter.scale
                up[place] *= adapter.scale
            }
        }
        worker.packTransposed(kernels, outWidth, count, from: dOutput, stride: stride, into: operand)
        worker.barrier()
        worker.packColumns(kernels, count, rank, from: down, stride: rank, into: columns)
        worker.barrier()
        worker.multiply(
            kernels, outWidth, rank, count, operand, columns, into: gradients.start + b, stride: rank, accumulates: true
        )
        worker.barrier()
        worker.packTransposed(kernels, rank, count, from: up, stride: rank, into: operand)
        worker.barrier()
        worker.packColumns(kernels, count, inWidth, from: input, stride: inWidth, into: columns)
        worker.barrier()
        worker.multiply(
            kernels, rank, inWidth, count, operand, columns, into: gradients.start + a, stride: inWidth,
            accumulates: true)
        worker.barrier()
    }

    /// Calls a function for every row, and waits until all are done.
    @inline(__always)
    private func forRows(_ worker: Worker, _ body: (Int) -> Void) {
        worker.share((count + 15) / 16) { piece in
            for row in piece * 16..<min(count, piece * 16 + 16) { body(row) }
        }
        worker.barrier()
    }
}
