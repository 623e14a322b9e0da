/// A clique, and what is proven about the largest.
public struct CliqueAnswer: Sendable, Hashable {
    /// The clique's vertices, in ascending order.
    public var vertices: [Int]
    /// No clique is larger than this.
    public var upperBound: Int
    /// Nodes of the search tree that were visited.
    public var nodeCount: Int

    /// Whether no clique is larger.
    public var isProven: Bool { vertices.count == upperBound }
}
