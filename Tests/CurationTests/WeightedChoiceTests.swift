import Curation
import Testing

@Suite("Weighted choice", .timeLimit(.minutes(1))) struct WeightedChoiceTests {
    @Test("finds the heaviest set of a small graph and proves it", arguments: 0..<40)
    func heaviest(seed: Int) {
        let graph = SparseGraph.random(vertexCount: 3 + seed % 8, edgeCount: seed % 19, seed: UInt64(seed))
        var random = TestRandom(seed: UInt64(seed) + 99)
        let weights = (0..<graph.vertexCount).map { _ in 1 + random.next(below: 50) }
        let (set, weight, bound) = WeightedChoice(graph, weights: weights).heaviest()
        #expect(graph.isIndependent(set.isMember))
        #expect(weight == SparseGraph.heaviest(graph, weights: weights))
        #expect(bound == weight)
    }

    @Test("prefers the heavier of sets of the same size, and never a smaller one", arguments: 0..<40)
    func tieBreak(seed: Int) {
        let graph = SparseGraph.random(vertexCount: 3 + seed % 8, edgeCount: seed % 19, seed: UInt64(seed))
        var random = TestRandom(seed: UInt64(seed) + 7)
        let weights = (0..<graph.vertexCount).map { _ in 1 + random.next(below: 50) }
        let set = MaximumIndependentSet(graph).solve()
        let chosen = WeightedChoice(graph, weights: weights).heavier(than: set)
        #expect(graph.isIndependent(chosen.isMember))
        #expect(chosen.size == set.size)
        let weight = weights.indices.reduce(0) { $0 + (chosen.isMember[$1] ? weights[$1] : 0) }
        // The largest size counts more than all weights together.
        let ranked = weights.map { $0 + 10_000 }
        #expect(weight + 10_000 * set.size == SparseGraph.heaviest(graph, weights: ranked))
    }

    @Test("bounds the weight of what it cannot search through")
    func large() {
        let graph = SparseGraph.random(vertexCount: 1500, edgeCount: 4500, seed: 2)
        let weights = (0..<1500).map { 1 + $0 * 37 % 1000 }
        let (set, weight, bound) = WeightedChoice(graph, weights: weights).heaviest()
        #expect(graph.isIndependent(set.isMember))
        #expect(weight <= bound)
        #expect(Double(bound) < 1.1 * Double(weight))
    }
}
