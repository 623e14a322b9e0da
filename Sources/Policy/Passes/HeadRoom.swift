/// Memory for the rows of logits that are there at a time.
final class HeadRoom {
    /// Rows that are done at a time.
    let rows: Int
    /// Logits, (rows, V).
    let logits: FloatBuffer
    /// Input of the head, (rows, C), and the same packed.
    let normed: FloatBuffer
    let operand: FloatBuffer
    /// Gradients with respect to logits, packed, and with respect to the input, (rows, C).
    let dOperand: FloatBuffer
    let dChunk: FloatBuffer
    /// The head as a right operand (V, C), which a backward pass needs.
    let headRows: FloatBuffer?

    init(_ configuration: ModelConfiguration, rows: Int, learns: Bool) {
        self.rows = rows
        let (vocabulary, width) = (configuration.vocabularySize, configuration.hiddenSize)
        logits = FloatBuffer(count: rows * vocabulary)
        normed = FloatBuffer(count: rows * width)
        operand = FloatBuffer(count: Kernels.packedCount(depth: rows, columns: width))
        dOperand = FloatBuffer(count: learns ? rows * vocabulary : 0)
        dChunk = FloatBuffer(count: learns ? rows * width : 0)
        headRows = learns ? FloatBuffer(count: Kernels.packedCount(depth: vocabulary, columns: width)) : nil
    }

    /// Rows whose logits are worth having at a time: about 50 MB of them, so that products are large.
    static func rows(_ configuration: ModelConfiguration) -> Int {
        max(12, min(1020, (12 << 20) / configuration.vocabularySize / 12 * 12))
    }

    /// Packs the head for a backward pass.
    func pack(_ worker: Worker, _ weights: Weights) {
        guard let headRows else { return }
        worker.packColumns(
            weights.kernels, weights.configuration.vocabularySize, weights.configuration.hiddenSize,
            from: weights.start + weights.head, stride: weights.configuration.hiddenSize, into: headRows.start)
        worker.barrier()
    }
}
