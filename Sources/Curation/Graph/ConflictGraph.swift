/// An undirected graph in compressed rows: who is too similar to whom.
public struct ConflictGraph: Sendable {
    /// How many vertices there are; they are the numbers from 0.
    public let vertexCount: Int
    /// Where the neighbours of each vertex begin; one number more than there are vertices.
    let offsets: [Int]
    /// The neighbours of all vertices, each vertex's in ascending order.
    let targets: [Int32]

    /// Creates a graph from pairs; loops and repeated pairs are dropped.
    ///
    /// - Precondition: All vertices are below `vertexCount`, which is below 2³¹.
    public init(vertexCount: Int, edges: some Sequence<(Int32, Int32)>) {
        var counts = [Int](repeating: 0, count: vertexCount + 1)
        for (first, second) in edges where first != second {
            counts[Int(first) + 1] += 1
            counts[Int(second) + 1] += 1
        }
        for vertex in 0..<vertexCount { counts[vertex + 1] += counts[vertex] }
        var rows = [Int32](repeating: 0, count: counts[vertexCount])
        var ends = counts
        for (first, second) in edges where first != second {
            rows[ends[Int(first)]] = second
            ends[Int(first)] += 1
            rows[ends[Int(second)]] = first
            ends[Int(second)] += 1
        }
        self.init(vertexCount: vertexCount, offsets: counts, unsorted: &rows)
    }

    /// Sorts each row and drops what is repeated.
    private init(vertexCount: Int, offsets: [Int], unsorted rows: inout [Int32]) {
        var starts = [0]
        starts.reserveCapacity(vertexCount + 1)
        var end = 0
        for vertex in 0..<vertexCount {
            let row = offsets[vertex]..<offsets[vertex + 1]
            rows[row].sort()
            var last: Int32 = -1
            for position in row where rows[position] != last {
                last = rows[position]
                rows[end] = last
                end += 1
            }
            starts.append(end)
        }
        rows.removeLast(rows.count - end)
        self.vertexCount = vertexCount
        self.offsets = starts
        targets = rows
    }

    /// How many edges there are.
    public var edgeCount: Int { targets.count / 2 }

    /// The neighbours of a vertex, in ascending order.
    public func neighbours(of vertex: Int) -> ArraySlice<Int32> { targets[offsets[vertex]..<offsets[vertex + 1]] }

    /// How many neighbours a vertex has.
    public func degree(of vertex: Int) -> Int { offsets[vertex + 1] - offsets[vertex] }

    /// Whether two vertices are adjacent.
    ///
    /// - Complexity: Logarithmic in the smaller degree.
    public func areAdjacent(_ first: Int, _ second: Int) -> Bool {
        let (vertex, other) = degree(of: first) < degree(of: second) ? (first, second) : (second, first)
        var range = offsets[vertex]..<offsets[vertex + 1]
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if targets[middle] == other { return true }
            range = targets[middle] < other ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return false
    }

    /// Whether no two members are adjacent: the check of an answer.
    public func isIndependent(_ isMember: [Bool]) -> Bool {
        guard isMember.count == vertexCount else { return false }
        return (0..<vertexCount).allSatisfy { vertex in
            !isMember[vertex] || neighbours(of: vertex).allSatisfy { !isMember[Int($0)] }
        }
    }

    /// Whether everybody outside has a neighbour inside, so that nobody could be added.
    public func isDominating(_ isMember: [Bool]) -> Bool {
        guard isMember.count == vertexCount else { return false }
        return (0..<vertexCount).allSatisfy { vertex in
            isMember[vertex] || neighbours(of: vertex).contains { isMember[Int($0)] }
        }
    }

    /// The graph that some vertices induce, numbered in the order in which they are given.
    func induced(by vertices: [Int32], scratch: inout [Int32]) -> ConflictGraph {
        if scratch.count < vertexCount { scratch = [Int32](repeating: -1, count: vertexCount) }
        for (position, vertex) in vertices.enumerated() { scratch[Int(vertex)] = Int32(position) }
        defer { for vertex in vertices { scratch[Int(vertex)] = -1 } }
        var starts = [0]
        var rows: [Int32] = []
        for vertex in vertices {
            let start = rows.count
            for other in neighbours(of: Int(vertex)) where scratch[Int(other)] >= 0 { rows.append(scratch[Int(other)]) }
            rows[start...].sort()
            starts.append(rows.count)
        }
        return ConflictGraph(vertexCount: vertices.count, offsets: starts, targets: rows)
    }

    /// Takes rows that are sorted and whole.
    init(vertexCount: Int, offsets: [Int], targets: [Int32]) {
        self.vertexCount = vertexCount
        self.offsets = offsets
        self.targets = targets
    }

    /// Whether bits beat branching with reductions: vertices are not too many, and many of them adjacent.
    var isForBits: Bool { vertexCount <= 400 && edgeCount * 12 >= vertexCount * (vertexCount - 1) / 2 }

    /// The pairs that are not adjacent, as a dense graph: its cliques are the independent sets here.
    func complement() -> DenseGraph {
        let graph = DenseGraph(vertexCount: vertexCount)
        for vertex in 0..<vertexCount {
            let row = graph.row(vertex)
            for word in 0..<graph.words { row[word] = ~0 }
            if vertexCount & 63 != 0 { row[graph.words - 1] = 1 << UInt64(vertexCount & 63) &- 1 }
            row[vertex >> 6] &= ~(1 << UInt64(vertex & 63))
            for other in neighbours(of: vertex) { row[Int(other) >> 6] &= ~(1 << UInt64(other & 63)) }
        }
        return graph
    }
}
