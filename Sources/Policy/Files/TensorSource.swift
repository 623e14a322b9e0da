/// Something that tensors are read from, by the names that transformers gives them.
public protocol TensorSource: Sendable {
    /// The names, in the order of the file.
    var tensorNames: [String] { get }

    /// The shape of a tensor, the slowest index first; nil when there is none of that name.
    func shape(of name: String) -> [Int]?

    /// Reads a tensor, row-major.
    ///
    /// - Throws: `ModelFileError` when there is none of that name, or it has another number of elements.
    func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError)
}

extension TensorSource {
    /// Reads a tensor into an array.
    public func read(_ name: String) throws(ModelFileError) -> [Float] {
        let count = shape(of: name)?.reduce(1, *) ?? 0
        var values = [Float](repeating: 0, count: count)
        var failure: ModelFileError?
        values.withUnsafeMutableBufferPointer { buffer in
            do throws(ModelFileError) { try read(name, into: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
        return values
    }
}
