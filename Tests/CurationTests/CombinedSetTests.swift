import Testing

@testable import Curation

@Suite("Sets that were found apart") struct CombinedSetTests {
    /// A set that nobody can be added to, taken in a random order.
    private func greedy(_ graph: ConflictGraph, seed: UInt64) -> [Bool] {
        var random = TestRandom(seed: seed)
        var isMember = [Bool](repeating: false, count: graph.vertexCount)
        var order = Array(0..<graph.vertexCount)
        for place in order.indices { order.swapAt(place, random.next(below: place + 1)) }
        for vertex in order where graph.neighbours(of: vertex).allSatisfy({ !isMember[Int($0)] }) {
            isMember[vertex] = true
        }
        return isMember
    }

    @Test("give the largest that their members have in them", arguments: 0..<200)
    func largest(seed: Int) {
        let graph = SparseGraph.random(vertexCount: 24, edgeCount: 20 + seed % 40, seed: UInt64(seed))
        let sets = [greedy(graph, seed: UInt64(seed)), greedy(graph, seed: UInt64(seed) + 1000)]
        let union = (0..<Int32(graph.vertexCount)).filter { sets[0][Int($0)] || sets[1][Int($0)] }
        var scratch: [Int32] = []
        let best = SparseGraph.independenceNumber(graph.induced(by: union, scratch: &scratch))
        let before = sets.map { set in set.count { $0 } }.max() ?? 0
        let combined = CombinedSet.of(sets[0], sets[1], in: graph, seed: 1, control: SearchControl())
        #expect((combined.map { set in set.count { $0 } } ?? before) == best)
        if let combined {
            #expect(graph.isIndependent(combined))
            #expect(combined.indices.allSatisfy { !combined[$0] || sets[0][$0] || sets[1][$0] })
        }
    }
}
