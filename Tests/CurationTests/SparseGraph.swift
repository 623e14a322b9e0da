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
        return (0..<1 << graph.vertexCount).reduce(0) { best, set in
            let members = (0..<graph.vertexCount).filter { set >> $0 & 1 == 1 }
            guard members.allSatisfy({ rows[$0] & set == 0 }) else { return best }
            return max(best, members.reduce(0) { $0 + weights[$1] })
        }
    }
}
