/// A heaviest independent set of a graph of at most 64 vertices, by branch and bound on one word of bits.
struct WeightedSet {
    /// The vertex of each bit, the heaviest first.
    private let order: [Int]
    private let rows: [UInt64]
    private let weights: [Int]
    private var best: UInt64 = 0
    private var bestWeight: Int
    /// Nodes that may still be visited.
    private(set) var nodesLeft: Int

    /// Prepares a search.
    ///
    /// - Parameter floor: A weight that is of no use: only heavier sets are looked for.
    /// - Precondition: There are at most 64 vertices.
    init(_ graph: ConflictGraph, weights: [Int], above floor: Int = -1, nodes: Int) {
        precondition(graph.vertexCount <= 64, "one word has 64 bits")
        let order = (0..<graph.vertexCount).sorted {
            weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1
        }
        var bit = [UInt64](repeating: 0, count: graph.vertexCount)
        for (place, vertex) in order.enumerated() { bit[vertex] = 1 << UInt64(place) }
        rows = order.map { vertex in graph.neighbours(of: vertex).reduce(0) { $0 | bit[Int($1)] } }
        self.order = order
        self.weights = order.map { weights[$0] }
        bestWeight = floor
        nodesLeft = nodes
    }

    /// The members, or none where nothing is above the floor; and whether nothing is heavier.
    mutating func solve() -> (members: [Int], isProven: Bool) {
        let all: UInt64 = rows.count == 64 ? ~0 : 1 << UInt64(rows.count) &- 1
        expand(all, 0, 0)
        return (order.indices.filter { best >> UInt64($0) & 1 == 1 }.map { order[$0] }, nodesLeft > 0)
    }

    private mutating func expand(_ open: UInt64, _ members: UInt64, _ weight: Int) {
        nodesLeft -= 1
        if weight > bestWeight { (best, bestWeight) = (members, weight) }
        guard open != 0, nodesLeft > 0, weight + bound(open) > bestWeight else { return }
        // The vertex with the most open neighbours: with it, without it.
        var pivot = open.trailingZeroBitCount
        var rest = open
        while rest != 0 {
            let vertex = rest.trailingZeroBitCount
            rest &= rest &- 1
            if (rows[vertex] & open).nonzeroBitCount > (rows[pivot] & open).nonzeroBitCount { pivot = vertex }
        }
        let bit: UInt64 = 1 << UInt64(pivot)
        if rows[pivot] & open == 0 {
            // Nobody is in anybody's way.
            var total = weight
            var rest = open
            while rest != 0 {
                total += weights[rest.trailingZeroBitCount]
                rest &= rest &- 1
            }
            if total > bestWeight { (best, bestWeight) = (members | open, total) }
            return
        }
        expand(open & ~bit & ~rows[pivot], members | bit, weight + weights[pivot])
        expand(open & ~bit, members, weight)
    }

    /// The heaviest of each clique of a greedy cover, together; bits stand in the order of weights.
    private func bound(_ open: UInt64) -> Int {
        var open = open
        var total = 0
        while open != 0 {
            var clique = open
            total += weights[clique.trailingZeroBitCount]
            while clique != 0 {
                let vertex = clique.trailingZeroBitCount
                clique &= rows[vertex]
                open &= ~(1 << UInt64(vertex))
            }
        }
        return total
    }
}
