/// A heaviest independent set of a graph of at most 64 vertices, by branch and bound on one word of bits.
struct WeightedSet {
    private let rows: [UInt64]
    private let weights: [Int]
    private var best: UInt64 = 0
    private var bestWeight = -1
    private var nodesLeft: Int

    /// Prepares a search.
    ///
    /// - Precondition: There are at most 64 vertices.
    init(_ graph: ConflictGraph, weights: [Int], nodes: Int) {
        precondition(graph.vertexCount <= 64, "one word has 64 bits")
        rows = (0..<graph.vertexCount).map { vertex in
            graph.neighbours(of: vertex).reduce(0) { $0 | 1 << UInt64($1) }
        }
        self.weights = weights
        nodesLeft = nodes
    }

    /// The members as bits, and whether no set is heavier.
    mutating func solve() -> (members: UInt64, isProven: Bool) {
        let all: UInt64 = rows.count == 64 ? ~0 : 1 << UInt64(rows.count) &- 1
        expand(all, 0, 0)
        return (best, nodesLeft > 0)
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

    /// The heaviest of each clique of a greedy cover, together.
    private func bound(_ open: UInt64) -> Int {
        var open = open
        var total = 0
        while open != 0 {
            var clique = open
            var heaviest = 0
            while clique != 0 {
                let vertex = clique.trailingZeroBitCount
                heaviest = max(heaviest, weights[vertex])
                clique &= rows[vertex]
                open &= ~(1 << UInt64(vertex))
            }
            total += heaviest
        }
        return total
    }
}
