/// Where a tensor of a GGUF file lies, and how.
public struct GGUFTensor: Sendable, Hashable {
    /// The name in the file.
    public var name: String
    /// The shape, the slowest index first; a file writes it the other way round.
    public var shape: [Int]
    /// How its numbers lie.
    public var encoding: WeightEncoding
    /// The bytes in the file.
    public var range: Range<Int>

    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }
}
