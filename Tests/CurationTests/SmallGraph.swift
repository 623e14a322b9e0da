import Curation

/// Graphs so small that every set of vertices can be tried.
enum SmallGraph {
    /// A graph in which each pair is joined with the given chance.
    static func random(vertexCount: Int, edgePercent: Int, seed: UInt64) -> DenseGraph {
        var random = TestRandom(seed: seed)
        let graph = DenseGraph(vertexCount: vertexCount)
        for vertex in 0..<vertexCount {
            for other in 0..<vertex where random.next(below: 100) < edgePercent { graph.connect(vertex, other) }
        }
        return graph
    }

    /// The size of the largest clique, by trying all sets.
    static func cliqueNumber(_ graph: DenseGraph) -> Int {
        (0..<1 << graph.vertexCount).reduce(0) { best, set in
            guard set.nonzeroBitCount > best else { return best }
            let vertices = (0..<graph.vertexCount).filter { set >> $0 & 1 == 1 }
            return graph.isClique(vertices) ? vertices.count : best
        }
    }
}
