import Curation
import Testing

@Suite("Weighted choice", .timeLimit(.minutes(10))) struct WeightedChoiceTests {
    /// Weights of many kinds: all the same, few different ones, and any.
    private static func weights(_ count: Int, seed: Int) -> [Int] {
        var random = TestRandom(seed: UInt64(seed) + 99)
        let most = [1, 2, 5, 50, 1_000_000][seed % 5]
        return (0..<count).map { _ in 1 + random.next(below: most) }
    }

    private static func sum(_ set: IndependentSet, _ weights: [Int]) -> Int {
        weights.indices.reduce(0) { $0 + (set.isMember[$1] ? weights[$1] : 0) }
    }

    @Test("finds the heaviest set of thousands of small graphs and proves it", arguments: 0..<60)
    func heaviest(block: Int) {
        for seed in block * 60..<(block + 1) * 60 {
            let graph = SparseGraph.small(seed: seed)
            let weights = Self.weights(graph.vertexCount, seed: seed)
            let (set, weight, bound) = WeightedChoice(graph, weights: weights).heaviest()
            #expect(graph.isIndependent(set.isMember), "seed \(seed)")
            #expect(weight == Self.sum(set, weights), "seed \(seed)")
            #expect(weight == SparseGraph.heaviest(graph, weights: weights), "seed \(seed)")
            #expect(bound == weight, "seed \(seed)")
        }
    }

    @Test(
        "prefers the heavier of sets of the same size, never a smaller one, and knows when none is heavier",
        arguments: 0..<40)
    func tieBreak(block: Int) {
        for seed in block * 40..<(block + 1) * 40 {
            let graph = SparseGraph.small(seed: seed)
            let weights = Self.weights(graph.vertexCount, seed: seed)
            let set = MaximumIndependentSet(graph).solve()
            let (chosen, isHeaviest) = WeightedChoice(graph, weights: weights).heavier(than: set)
            #expect(graph.isIndependent(chosen.isMember), "seed \(seed)")
            #expect(chosen.size == set.size, "seed \(seed)")
            // The largest size counts more than all weights together.
            let ranked = weights.map { $0 + 100_000_000 }
            let best = SparseGraph.heaviest(graph, weights: ranked)
            #expect(Self.sum(chosen, weights) + 100_000_000 * set.size == best, "seed \(seed)")
            #expect(isHeaviest, "seed \(seed)")
        }
    }

    @Test("stopped at once, gives a set and a bound that hold", arguments: 0..<20)
    func stopped(block: Int) {
        let control = SearchControl()
        control.stop()
        for seed in block * 50..<(block + 1) * 50 {
            let graph = SparseGraph.small(seed: seed)
            let weights = Self.weights(graph.vertexCount, seed: seed)
            let (set, weight, bound) = WeightedChoice(graph, weights: weights, control: control).heaviest()
            let best = SparseGraph.heaviest(graph, weights: weights)
            #expect(graph.isIndependent(set.isMember) && graph.isDominating(set.isMember), "seed \(seed)")
            #expect(weight <= best && best <= bound, "seed \(seed)")
        }
    }

    @Test("agrees with the search for the largest set where all weigh the same", arguments: 0..<4)
    func equalWeights(seed: Int) {
        let graph = SparseGraph.random(vertexCount: 300, edgeCount: 600 + 60 * seed, seed: UInt64(seed))
        let set = MaximumIndependentSet(graph).solve()
        let (heavy, weight, bound) = WeightedChoice(graph, weights: [Int](repeating: 7, count: 300)).heaviest()
        #expect(set.isProven && weight == bound)
        #expect(weight == 7 * set.size)
        #expect(heavy.size == set.size)
    }

    @Test("finds the heaviest set of dense graphs that one word of bits cannot hold", arguments: 0..<24)
    func dense(seed: Int) {
        let count = 66 + seed
        let edges = count * (count - 1) / 2 * (60 + seed) / 100
        let graph = SparseGraph.random(vertexCount: count, edgeCount: edges, seed: UInt64(seed))
        let weights = Self.weights(count, seed: seed)
        func best(_ open: [Int]) -> Int {
            guard let vertex = open.last else { return 0 }
            let rest = open.dropLast()
            let apart = rest.filter { !graph.areAdjacent($0, vertex) }
            return max(best(Array(rest)), weights[vertex] + best(apart))
        }
        let (set, weight, bound) = WeightedChoice(graph, weights: weights).heaviest()
        #expect(graph.isIndependent(set.isMember))
        #expect(weight == best(Array(0..<count)))
        #expect(bound == weight)
    }

    @Test("gives the same set on one thread and on two")
    func deterministic() {
        let graph = SparseGraph.random(vertexCount: 1200, edgeCount: 4200, seed: 5)
        let weights = Self.weights(1200, seed: 4)
        let sets = [1, 2].map { threads in
            WeightedChoice(graph, weights: weights, seed: 3, effort: .quick, threads: threads).heaviest().set.isMember
        }
        #expect(sets[0] == sets[1])
    }

    @Test("bounds the weight of what it cannot search through")
    func large() {
        let graph = SparseGraph.random(vertexCount: 1500, edgeCount: 4500, seed: 2)
        let weights = (0..<1500).map { 1 + $0 * 37 % 1000 }
        let (set, weight, bound) = WeightedChoice(graph, weights: weights, effort: .quick).heaviest()
        #expect(graph.isIndependent(set.isMember))
        #expect(weight <= bound)
        #expect(Double(bound) < 1.1 * Double(weight))
    }
}
