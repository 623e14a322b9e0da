import CPolicyKernels
import Glibc

/// The layers of a model, applied to rows of tokens.
///
/// Who attends to what is the caller's: a function that fills `attended` from `attention`.
struct ForwardPass {
    let weights: Weights
    let packed: PackedModel
    let rotary: RotaryTable
    /// Room for a packed left operand of as many rows as there are, as wide as the widest input of a product.
    let operand: UnsafeMutablePointer<Float>

    /// The widest input of a product of the forward pass.
    static func operandWidth(_ configuration: ModelConfiguration) -> Int {
        max(configuration.hiddenSize, configuration.queryWidth, configuration.feedForwardSize)
    }

    /// Puts the embeddings of tokens into rows.
    func embed(_ worker: Worker, _ tokens: [Int32], into rows: UnsafeMutablePointer<Float>) {
        let width = weights.configuration.hiddenSize
        let table = weights.start + weights.embedding
        worker.share((tokens.count + 31) / 32) { piece in
            for row in piece * 32..<min(tokens.count, piece * 32 + 32) {
                memcpy(rows + row * width, table + Int(tokens[row]) * width, width * MemoryLayout<Float>.stride)
            }
        }
        worker.barrier()
    }

    /// Applies one layer.
    func apply(
        _ worker: Worker, layer number: Int, to rows: Activations.Layer, positions: [Int], attend: (Worker) -> Void
    ) {
        let (configuration, kernels, places) = (weights.configuration, weights.kernels, weights.layers[number])
        let set = kernels.table
        let matrices = packed.layers[number]
        let count = positions.count
        let width = configuration.hiddenSize
        let epsilon = configuration.normEpsilon

        let inputGain = weights.start + places.inputGain
        worker.packRows(kernels, count, width, into: operand) { row, line in
            set.normalize(rows.input + row * width, inputGain, line, width, epsilon)
        }
        worker.barrier()
        worker.multiply(
            kernels, count, operand, matrices.attention, into: rows.attention, stride: configuration.attentionWidth)
        worker.barrier()
        turn(worker, rows.attention, positions, bias: places.attentionBias)
        worker.barrier()
        attend(worker)
        worker.barrier()

        let bytes = width * MemoryLayout<Float>.stride
        let queryWidth = configuration.queryWidth
        worker.packRows(kernels, count, queryWidth, into: operand) { row, line in
            memcpy(line, rows.attended + row * queryWidth, queryWidth * MemoryLayout<Float>.stride)
            memcpy(rows.middle + row * width, rows.input + row * width, bytes)
        }
        worker.barrier()
        worker.multiply(kernels, count, operand, matrices.output, into: rows.middle, stride: width, accumulates: true)
        worker.barrier()

        let middleGain = weights.start + places.middleGain
        worker.packRows(kernels, count, width, into: operand) { row, line in
            set.normalize(rows.middle + row * width, middleGain, line, width, epsilon)
        }
        worker.barrier()
        let inner = configuration.feedForwardSize
        worker.multiply(kernels, count, operand, matrices.gateUp, into: rows.gateUp, stride: 2 * inner)
        worker.barrier()
        worker.packRows(kernels, count, inner, into: operand) { row, line in
            set.gate(rows.gateUp + row * 2 * inner, line, inner)
            memcpy(rows.output + row * width, rows.middle + row * width, bytes)
        }
        worker.barrier()
        worker.multiply(kernels, count, operand, matrices.down, into: rows.output, stride: width, accumulates: true)
        worker.barrier()
    }

    /// Adds biases and turns queries and keys by their positions.
    private func turn(_ worker: Worker, _ attention: UnsafeMutablePointer<Float>, _ positions: [Int], bias: Int?) {
        let configuration = weights.configuration
        let set = weights.kernels.table
        let width = configuration.attentionWidth
        let heads = configuration.headCount + configuration.keyValueHeadCount
        worker.share((positions.count + 15) / 16) { piece in
            for row in piece * 16..<min(positions.count, piece * 16 + 16) {
                let line = attention + row * width
                if let bias { set.add(weights.start + bias, line, width) }
                let position = positions[row]
                set.rotate(
                    line, rotary.cosines(at: position), rotary.sines(at: position), heads, configuration.headSize, 1)
            }
        }
    }
}
