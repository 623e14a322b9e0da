/// What a backward pass over up to T tokens needs besides the activations.
final class BackwardRoom {
    /// Gradient with respect to the residual stream, (T, C).
    let dStream: FloatBuffer
    /// Gradient with respect to the input of a product, (T, widest input).
    let dInput: FloatBuffer
    /// Gradient with respect to queries, keys and values, (T, width).
    let dAttention: FloatBuffer
    /// Inputs of products, computed again, (T, widest input).
    let inputs: FloatBuffer
    /// A left operand: rows of gradients, or their transpose.
    let operand: FloatBuffer
    /// A right operand: weights, or inputs.
    let columns: FloatBuffer
    /// Parts of the gradient of a gain, a row for each piece of 32 tokens.
    let gains: FloatBuffer
    /// Rows of an adapter's rank, twice, and the same packed.
    let ranks: FloatBuffer
    let capacity: Int

    init(_ configuration: ModelConfiguration, capacity: Int, rank: Int) {
        self.capacity = capacity
        let width = configuration.hiddenSize
        let input = ForwardPass.operandWidth(configuration)
        let output = max(width, configuration.attentionWidth, 2 * configuration.feedForwardSize)
        dStream = FloatBuffer(count: capacity * width)
        dInput = FloatBuffer(count: capacity * input)
        dAttention = FloatBuffer(count: capacity * configuration.attentionWidth)
        inputs = FloatBuffer(count: capacity * input)
        operand = FloatBuffer(count: capacity * max(output, input))
        let columnCounts = [
            Kernels.packedCount(depth: configuration.attentionWidth, columns: width),
            Kernels.packedCount(depth: 2 * configuration.feedForwardSize, columns: width),
            Kernels.packedCount(depth: width, columns: configuration.feedForwardSize),
            Kernels.packedCount(depth: width, columns: configuration.queryWidth),
            Kernels.packedCount(depth: capacity, columns: input),
            Kernels.packedCount(depth: max(input, output), columns: rank),
        ]
        columns = FloatBuffer(count: columnCounts.max() ?? 0)
        gains = FloatBuffer(count: (capacity + BackwardPass.gainRows - 1) / BackwardPass.gainRows * width)
        ranks = FloatBuffer(count: 2 * capacity * max(rank, 1))
    }
}
