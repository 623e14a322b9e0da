import CPolicyKernels
import Glibc

/// The head of a model: what its logits say about tokens, some rows at a time.
///
/// There is never a matrix of all tokens by the vocabulary: the logits of some hundred rows become scores, and in place
/// the gradient, which is multiplied into that of the hidden rows and of the head before the next rows come.
struct HeadPass {
    let weights: Weights
    let packed: PackedMatrix
    let room: HeadRoom
    let temperature: Float

    private var kernels: Kernels { weights.kernels }
    private var scale: Float { 1 / temperature }

    /// Computes the scores of tokens.
    ///
    /// - Parameters:
    ///   - stream: The residual stream behind the last layer, (T, C).
    ///   - gradient: What the gradient of a token is; where it is given, `dNormed` and `gradients` are added to.
    ///   - dNormed: Gradient with respect to the input of the head, (T, C).
    func score(
        _ worker: Worker, _ tokens: ArraySlice<TokenBatch.Scored>, stream: UnsafePointer<Float>,
        into scores: ScoreTable,
        gradient: GradientTable? = nil, dNormed: UnsafeMutablePointer<Float>? = nil,
        gradients: UnsafeMutablePointer<Float>? = nil
    ) {
        var first = tokens.startIndex
        while first < tokens.endIndex {
            let end = min(tokens.endIndex, first + room.rows)
            scoreChunk(
                worker, tokens[first..<end], stream: stream, into: scores, gradient: gradient, dNormed: dNormed,
                gradients: gradients)
            first = end
        }
    }

    private func computeLogits(
        _ worker: Worker, of tokens: ArraySlice<TokenBatch.Scored>, stream: UnsafePointer<Float>
    ) {
        let width = weights.configuration.hiddenSize
        let gain = weights.start + weights.finalGain
        let normed = room.normed.start
        worker.packRows(kernels, tokens.count, width, into: room.operand.start) { row, line in
            kernels.table.normalize(
                stream + tokens[tokens.startIndex + row].row * width, gain, line, width,
                weights.configuration.normEpsilon)
            memcpy(normed + row * width, line, width * MemoryLayout<Float>.stride)
        }
        worker.barrier()
        worker.multiply(
            kernels, tokens.count, room.operand.start, packed, into: room.logits.start,
            stride: weights.configuration.vocabularySize)
        worker.barrier()
    }

    private func scoreChunk(
        _ worker: Worker, _ tokens: ArraySlice<TokenBatch.Scored>, stream: UnsafePointer<Float>,
        into scores: ScoreTable,
        gradient: GradientTable?, dNormed: UnsafeMutablePointer<Float>?, gradients: UnsafeMutablePointer<Float>?
    ) {
        let vocabulary = weights.configuration.vocabularySize
        let width = weights.configuration.hiddenSize
        let count = tokens.count
        let logits = room.logits.start
        computeLogits(worker, of: tokens, stream: stream)
        worker.share(count) { row in
            let token = tokens[tokens.startIndex + row]
            let line = logits + row * vocabulary
            let target = Int(token.target)
            let summary = kernels.table.summarize(line, vocabulary, scale)
            scores.set(token, line[target] * scale - summary.log_sum, summary.entropy)
            guard let gradient else { return }
            let (dLog, dEntropy) = gradient[token]
            kernels.table.logits_backward(line, vocabulary, scale, summary, target, dLog, dEntropy)
        }
        worker.barrier()
        guard gradient != nil, let dNormed, let columns = room.headRows else { return }

        worker.packRows(kernels, count, vocabulary, from: logits, stride: vocabulary, into: room.dOperand.start)
        worker.barrier()
        worker.multiply(
            kernels, count, width, vocabulary, room.dOperand.start, columns.start, into: room.dChunk.start,
            stride: width)
        worker.barrier()
        worker.share((width + 63) / 64) { piece in
            let first = piece * 64
            let columns = min(64, width - first)
            // The last row of a prompt is there once for each completion: threads share the columns.
            for row in 0..<count {
                kernels.table.add(
                    room.dChunk.start + row * width + first,
                    dNormed + tokens[tokens.startIndex + row].row * width + first, columns)
            }
        }
        worker.barrier()
        guard let gradients else { return }
        worker.packTransposed(kernels, vocabulary, count, from: logits, stride: vocabulary, into: room.dOperand.start)
        worker.barrier()
        worker.packColumns(kernels, count, width, from: room.normed.start, stride: width, into: room.operand.start)
        worker.barrier()
        worker.multiply(
            kernels, vocabulary, width, count, room.dOperand.start, room.operand.start, into: gradients + weights.head,
            stride: width, accumulates: true)
        worker.barrier()
    }
}
