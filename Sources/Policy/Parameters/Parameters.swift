import Glibc

/// The numbers of a model, or as many numbers for each of them: a flat buffer of floats and what lies where in it.
///
/// Whoever writes while a model computes with it gets nonsense; `PolicyModel` says when it does.
public final class Parameters: Sendable {
    /// What lies where.
    public let layout: ParameterLayout
    private let buffer: FloatBuffer

    /// Creates parameters that are zero.
    public init(_ layout: ParameterLayout) {
        self.layout = layout
        buffer = FloatBuffer(count: layout.count)
    }

    /// Calls a function with the floats of a tensor, row after row.
    ///
    /// - Precondition: There is a tensor of that name.
    public func withTensor<Result>(
        _ name: String, _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        guard let tensor = layout[name] else { preconditionFailure("there is no tensor \(name)") }
        return try body(UnsafeMutableBufferPointer(start: buffer.start + tensor.offset, count: tensor.count))
    }

    /// Calls a function with the floats of all tensors, in the order of the layout.
    public func withAll<Result>(_ body: (UnsafeMutableBufferPointer<Float>) throws -> Result) rethrows -> Result {
        try body(buffer.all)
    }

    /// Takes the numbers of others of the same layout.
    public func copy(from other: Parameters) {
        precondition(layout == other.layout, "parameters of another layout")
        memcpy(buffer.start, other.buffer.start, layout.count * MemoryLayout<Float>.stride)
    }

    /// Sets everything to zero.
    public func clear() { memset(buffer.start, 0, layout.count * MemoryLayout<Float>.stride) }

    /// Fills a model that is to learn from scratch, or an adapter that is to change nothing yet.
    ///
    /// Weights are normal with a deviation of 0.02, less for what is added to the residual stream; gains are 1; biases and
    /// `lora_B` are 0; `lora_A` is uniform as PEFT has it.
    /// Reference: Language Models are Unsupervised Multitask Learners (GPT-2), section 2.3.
    public func randomize(seed: UInt64) {
        let layers = layout.tensors.count { $0.name.hasSuffix("o_proj.weight") }
        for (number, tensor) in layout.tensors.enumerated() {
            var source = RandomSource(seed: RandomSource.mix(seed) &+ UInt64(number))
            let floats = UnsafeMutableBufferPointer(start: buffer.start + tensor.offset, count: tensor.count)
            if tensor.name.hasSuffix("norm.weight") {
                floats.update(repeating: 1)
            } else if tensor.name.hasSuffix("lora_A.weight") {
                let bound = 1 / Float(tensor.shape[1]).squareRoot()
                for place in floats.indices { floats[place] = (2 * source.nextUnit() - 1) * bound }
            } else if tensor.name.hasSuffix(".bias") || tensor.name.hasSuffix("lora_B.weight") {
                floats.update(repeating: 0)
            } else {
                let isResidual = tensor.name.hasSuffix("o_proj.weight") || tensor.name.hasSuffix("down_proj.weight")
                let deviation: Float = isResidual ? 0.02 / Float(2 * layers).squareRoot() : 0.02
                for place in floats.indices { floats[place] = source.nextNormal() * deviation }
            }
        }
    }

    /// Where the floats begin.
    var start: UnsafeMutablePointer<Float> { buffer.start }
}
