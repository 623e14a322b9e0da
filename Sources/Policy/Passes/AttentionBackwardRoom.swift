/// A thread's memory for the backward pass of attention.
struct AttentionBackwardRoom {
    /// Rows of a sequence, (n, D): its prompt's and its own.
    let keys: UnsafeMutablePointer<Float>
    let values: UnsafeMutablePointer<Float>
    let dKeys: UnsafeMutablePointer<Float>
    let dValues: UnsafeMutablePointer<Float>
    /// Right operands: keys and values (D, n), and keys (n, D).
    let keyColumns: UnsafeMutablePointer<Float>
    let valueColumns: UnsafeMutablePointer<Float>
    let keyRows: UnsafeMutablePointer<Float>
    /// Probabilities and the gradient with respect to scores, (m, n).
    let scores: UnsafeMutablePointer<Float>
    let dScores: UnsafeMutablePointer<Float>
    /// A left operand and a right one.
    let operand: UnsafeMutablePointer<Float>
    let columns: UnsafeMutablePointer<Float>

    /// Takes the room from the thread's scratch.
    ///
    /// - Parameters:
    ///   - tokens: Tokens of the longest sequence.
    ///   - height: Rows that are done at a time.
    init(_ worker: Worker, size: Int, tokens: Int, height: Int) {
        let rowCount = tokens * size
        let columnCount = Kernels.packedCount(depth: size, columns: tokens)
        let backCount = Kernels.packedCount(depth: tokens, columns: size)
        let scoreCount = height * tokens
        let operandCount = height * max(tokens, size)
        let packedCount = Kernels.packedCount(depth: height, columns: size)
        var next = worker.scratch(
            4 * rowCount + 2 * columnCount + backCount + 2 * scoreCount + operandCount + packedCount)
        func take(_ count: Int) -> UnsafeMutablePointer<Float> {
            defer { next += count }
            return next
        }
        keys = take(rowCount)
        values = take(rowCount)
        dKeys = take(rowCount)
        dValues = take(rowCount)
        keyColumns = take(columnCount)
        valueColumns = take(columnCount)
        keyRows = take(backCount)
        scores = take(scoreCount)
        dScores = take(scoreCount)
        operand = take(operandCount)
        columns = take(packedCount)
    }
}
