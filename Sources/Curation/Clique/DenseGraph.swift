/// An undirected graph as a matrix of bits: for graphs of a few thousand vertices in which most pairs are adjacent.
///
/// It is filled by one thread and then only read.
public final class DenseGraph: @unchecked Sendable {
    // SAFETY: `rows` is written by `connect` alone, which whoever builds the graph calls before sharing it.

    /// How many vertices there are; they are the numbers from 0.
    public let vertexCount: Int
    /// Words of 64 bits in a row.
    let words: Int
    /// The matrix, row after row.
    let rows: UnsafeMutablePointer<UInt64>

    /// Creates a graph without edges.
    public init(vertexCount: Int) {
        precondition(vertexCount >= 0, "a count of vertices is not negative")
        self.vertexCount = vertexCount
        words = max(1, (vertexCount + 63) >> 6)
        rows = .allocate(capacity: max(1, vertexCount * words))
        rows.initialize(repeating: 0, count: max(1, vertexCount * words))
    }

    deinit { rows.deallocate() }

    /// Adds an edge; a loop is ignored.
    public func connect(_ first: Int, _ second: Int) {
        precondition(first >= 0 && first < vertexCount && second >= 0 && second < vertexCount, "no such vertex")
        guard first != second else { return }
        rows[first &* words &+ second >> 6] |= 1 << UInt64(second & 63)
        rows[second &* words &+ first >> 6] |= 1 << UInt64(first & 63)
    }

    /// Whether two vertices are adjacent.
    public func areAdjacent(_ first: Int, _ second: Int) -> Bool {
        precondition(first >= 0 && first < vertexCount && second >= 0 && second < vertexCount, "no such vertex")
        return rows[first &* words &+ second >> 6] >> UInt64(second & 63) & 1 == 1
    }

    /// How many edges there are.
    public var edgeCount: Int {
        var bits = 0
        for index in 0..<vertexCount * words { bits += rows[index].nonzeroBitCount }
        return bits / 2
    }

    /// Whether all pairs of the vertices are adjacent and none occurs twice: the check of an answer.
    public func isClique(_ vertices: [Int]) -> Bool {
        for (position, vertex) in vertices.enumerated() {
            guard vertex >= 0, vertex < vertexCount else { return false }
            for other in vertices[..<position] where !areAdjacent(vertex, other) { return false }
        }
        return true
    }

    /// The bits of a vertex's neighbours.
    @inline(__always)
    func row(_ vertex: Int) -> UnsafeMutablePointer<UInt64> { rows + vertex &* words }

    /// The graph that some vertices induce, numbered in the order in which they are given.
    func induced(by vertices: [Int]) -> DenseGraph {
        let graph = DenseGraph(vertexCount: vertices.count)
        for (newVertex, vertex) in vertices.enumerated() {
            let source = row(vertex)
            let target = graph.row(newVertex)
            for (newOther, other) in vertices.enumerated() {
                target[newOther >> 6] |= (source[other >> 6] >> UInt64(other & 63) & 1) << UInt64(newOther & 63)
            }
        }
        return graph
    }

    /// The vertices from the densest core outwards: the reverse of always removing one of the least degree.
    ///
    /// Of equal degrees that one goes first whose neighbours have the least degrees.
    /// Reference: Matula and Beck (1983); the tie-break is that of Tomita's MCR (2007).
    func degeneracyOrder() -> [Int] {
        var degree = (0..<vertexCount).map { vertex in
            (0..<words).reduce(0) { $0 + row(vertex)[$1].nonzeroBitCount }
        }
        var remaining = Array(0..<vertexCount)
        var support = [Int](repeating: 0, count: vertexCount)
        for vertex in remaining { forEachNeighbour(of: vertex) { support[vertex] += degree[$0] } }
        var order: [Int] = []
        order.reserveCapacity(vertexCount)
        while !remaining.isEmpty {
            var best = 0
            for position in remaining.indices.dropFirst() {
                let (vertex, least) = (remaining[position], remaining[best])
                if (degree[vertex], support[vertex], vertex) < (degree[least], support[least], least) {
                    best = position
                }
            }
            let vertex = remaining[best]
            remaining.swapAt(best, remaining.count - 1)
            remaining.removeLast()
            order.append(vertex)
            forEachNeighbour(of: vertex) { degree[$0] -= 1 }
        }
        order.reverse()
        return order
    }

    /// Calls `body` with each neighbour, in ascending order.
    @inline(__always)
    func forEachNeighbour(of vertex: Int, _ body: (Int) -> Void) {
        let bits = row(vertex)
        for word in 0..<words {
            var rest = bits[word]
            while rest != 0 {
                body(word << 6 | rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
        }
    }
}
