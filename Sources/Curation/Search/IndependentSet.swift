/// An independent set, and what is proven about the largest.
public struct IndependentSet: Sendable, Hashable {
    /// Whether each vertex is in the set.
    public var isMember: [Bool]
    /// No independent set is larger than this.
    public var upperBound: Int
    /// Vertices that the reductions left.
    public var kernelSize: Int
    /// Components of what was left whose answers are not proven.
    public var openComponentCount: Int

    /// How many vertices are in the set.
    public var size: Int { isMember.count { $0 } }
    /// Whether no set is larger.
    public var isProven: Bool { size >= upperBound }
}
