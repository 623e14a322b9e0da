import Curation
import Testing

@Suite("Maximum independent set", .timeLimit(.minutes(10))) struct IndependentSetTests {
    @Test("agrees with trying every set of thousands of small graphs, and proves it", arguments: 0..<60)
    func exhaustive(block: Int) {
        for seed in block * 60..<(block + 1) * 60 {
            let graph = SparseGraph.small(seed: seed)
            let set = MaximumIndependentSet(graph, seed: UInt64(seed)).solve()
            #expect(graph.isIndependent(set.isMember) && graph.isDominating(set.isMember), "seed \(seed)")
            #expect(set.size == SparseGraph.independenceNumber(graph), "seed \(seed)")
            #expect(set.isProven, "seed \(seed)")
        }
    }

    @Test("stopped at once, bounds thousands of small graphs rightly", arguments: 0..<20)
    func hastyBound(block: Int) {
        let control = SearchControl()
        control.stop()
        for seed in block * 60..<(block + 1) * 60 {
            let graph = SparseGraph.small(seed: seed)
            let set = MaximumIndependentSet(graph, seed: UInt64(seed), control: control).solve()
            let best = SparseGraph.independenceNumber(graph)
            #expect(graph.isIndependent(set.isMember) && graph.isDominating(set.isMember), "seed \(seed)")
            #expect(set.size <= best && best <= set.upperBound, "seed \(seed)")
        }
    }

    @Test("agrees with the clique search on the complement", arguments: 0..<24)
    func complement(seed: Int) {
        let count = 40 + seed * 4
        let graph = SparseGraph.random(vertexCount: count, edgeCount: count * (2 + seed % 4), seed: UInt64(seed))
        let dense = DenseGraph(vertexCount: count)
        for vertex in 0..<count {
            for other in 0..<vertex where !graph.areAdjacent(vertex, other) { dense.connect(vertex, other) }
        }
        let set = MaximumIndependentSet(graph, threads: 2).solve()
        #expect(graph.isIndependent(set.isMember))
        #expect(set.size == MaximumClique(dense).solve().vertices.count)
        #expect(set.isProven)
    }

    @Test("solves chains, rings, stars and cliques by reductions alone")
    func reducible() {
        let ring = SparseGraph.ring(1001)
        let answer = MaximumIndependentSet(ring).solve()
        #expect(answer.size == 500)
        #expect(answer.kernelSize == 0)
        let clique = ConflictGraph(
            vertexCount: 40, edges: (0..<Int32(40)).flatMap { one in (0..<one).map { (one, $0) } })
        #expect(MaximumIndependentSet(clique).solve().size == 1)
        let star = ConflictGraph(vertexCount: 50, edges: (1..<Int32(50)).map { (0, $0) })
        #expect(MaximumIndependentSet(star).solve().size == 49)
        #expect(MaximumIndependentSet(ConflictGraph(vertexCount: 0, edges: [])).solve().size == 0)
    }

    @Test("gives the same set on one thread and on three")
    func deterministic() {
        let graph = SparseGraph.random(vertexCount: 3000, edgeCount: 12_000, seed: 5)
        let sets = [1, 3].map { MaximumIndependentSet(graph, seed: 9, threads: $0).solve().isMember }
        #expect(sets[0] == sets[1])
    }

    @Test("stopped at once, still gives a set to which nothing can be added and a bound that holds")
    func stopped() {
        let graph = SparseGraph.random(vertexCount: 4000, edgeCount: 20_000, seed: 1)
        let control = SearchControl()
        control.stop()
        let hasty = MaximumIndependentSet(graph, control: control).solve()
        #expect(graph.isIndependent(hasty.isMember))
        #expect(graph.isDominating(hasty.isMember))
        let patient = MaximumIndependentSet(graph, effort: .quick, threads: 2).solve()
        #expect(hasty.upperBound >= patient.size)
        #expect(patient.size >= hasty.size)
    }

    @Test("bounds what it cannot prove", arguments: SearchEffort.allCases.prefix(2))
    func bound(effort: SearchEffort) {
        let graph = SparseGraph.random(vertexCount: 2000, edgeCount: 9000, seed: 3)
        let set = MaximumIndependentSet(graph, effort: effort, threads: 2).solve()
        #expect(graph.isIndependent(set.isMember))
        #expect(set.size <= set.upperBound)
        #expect(set.upperBound <= 1000, "half of the vertices is what the weakest relaxation gives")
    }
}
