import Curation

/// Conflict graphs for tests.
enum SparseGraph {
    /// A graph of so many random pairs, some of them the same.
    static func random(vertexCount: Int, edgeCount: Int, seed: UInt64) -> ConflictGraph {
        var random = TestRandom(seed: seed)
        let edges = (0..<edgeCount).map { _ in
            (Int32(random.next(below: vertexCount)), Int32(random.next(below: vertexCount)))
        }
        return ConflictGraph(vertexCount: vertexCount, edges: edges)
    }

    /// A ring.
    static func ring(_ count: Int32) -> ConflictGraph {
        ConflictGraph(vertexCount: Int(count), edges: (0..<count).map { ($0, ($0 + 1) % count) })
    }

    /// The size of the largest independent set, by trying all sets.
    static func independenceNumber(_ graph: ConflictGraph) -> Int {
        heaviest(graph, weights: [Int](repeating: 1, count: graph.vertexCount))
    }

    /// The weight of the heaviest independent set, by trying all sets.
    static func heaviest(_ graph: ConflictGraph, weights: [Int]) -> Int {
        let rows = (0..<graph.vertexCount).map { vertex in
            graph.neighbours(of: vertex).reduce(0) { $0 | 1 << Int($1) }
        }
        func best(_ open: Int) -> Int {
            guard open != 0 else { return 0 }
            let vertex = open.trailingZeroBitCount
            let rest = open & ~(1 << vertex)
            return max(best(rest), weights[vertex] + best(rest & ~rows[vertex]))
        }
        return best(1 << graph.vertexCount - 1)
    }

    /// A graph of at most 18 vertices: sparse ones, dense ones, and copies of a few vertices, as reductions like them.
    static func small(seed: Int) -> ConflictGraph {
        var random = TestRandom(seed: UInt64(seed) &* 7919 &+ 1)
        let count = 3 + seed % 16
        var edges: [(Int32, Int32)] = []
        for _ in 0..<random.next(below: 1 + count * (1 + seed % 4)) {
            edges.append((Int32(random.next(below: count)), Int32(random.next(below: count))))
        }
        // Twins, adjacent or not.
        for _ in 0..<seed / 16 % 3 {
            let (one, other) = (Int32(random.next(below: count)), Int32(random.next(below: count)))
            let around = edges.compactMap { $0.0 == one ? $0.1 : $0.1 == one ? $0.0 : nil }
            edges += around.map { (other, $0) }
            if random.next(below: 2) == 0 { edges.append((one, other)) }
        }
        return ConflictGraph(vertexCount: count, edges: edges)
    }
}
