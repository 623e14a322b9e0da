/// The place of one tensor in a buffer of parameters.
public struct Tensor: Sendable, Hashable {
    /// Its name in files of transformers, such as `model.layers.0.self_attn.q_proj.weight`.
    public var name: String
    /// Its sizes, the outermost first; a matrix is (out, in).
    public var shape: [Int]
    /// Where it begins, in floats.
    public var offset: Int
    /// How many floats it has.
    public var count: Int
}
