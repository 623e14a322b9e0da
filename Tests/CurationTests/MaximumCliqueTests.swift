import Curation
import Glibc
import TestSupport
import Testing

@Suite("Maximum clique", .timeLimit(.minutes(10))) struct MaximumCliqueTests {
    @Test("solves and proves every graph of the second DIMACS challenge that is shipped", arguments: KnownGraph.all)
    func known(_ known: KnownGraph) throws {
        let graph = try DIMACSFile.parse(try HostBytes.read(known.path))
        #expect(graph.vertexCount == known.vertexCount)
        #expect(graph.edgeCount == known.edgeCount)
        let answer = MaximumClique(graph, threads: 2).solve()
        #expect(answer.vertices.count == known.omega)
        #expect(answer.isProven)
        #expect(graph.isClique(answer.vertices))
    }

    @Test("agrees with trying every set of a small random graph", arguments: 0..<60)
    func exhaustive(seed: Int) {
        let graph = SmallGraph.random(vertexCount: 3 + seed % 9, edgePercent: 20 + seed * 7 % 80, seed: UInt64(seed))
        let answer = MaximumClique(graph, seed: UInt64(seed)).solve()
        #expect(answer.vertices.count == SmallGraph.cliqueNumber(graph))
        #expect(answer.isProven)
        #expect(graph.isClique(answer.vertices))
    }

    @Test("gives the same clique on one thread, two and three")
    func deterministic() throws {
        let known = try #require(KnownGraph.all.first { $0.name == "p_hat300-3" })
        let graph = try DIMACSFile.parse(try HostBytes.read(known.path))
        let answers = [1, 2, 3].map { MaximumClique(graph, seed: 7, threads: $0).solve().vertices }
        #expect(Set(answers).count == 1)
    }

    @Test("stopped at once, gives a clique and a bound that holds")
    func stopped() throws {
        let known = try #require(KnownGraph.all.first { $0.name == "sanr200_0.9" })
        let graph = try DIMACSFile.parse(try HostBytes.read(known.path))
        let control = SearchControl()
        control.stop()
        let answer = MaximumClique(graph, threads: 2, control: control).solve()
        #expect(graph.isClique(answer.vertices))
        #expect(!answer.isProven)
        #expect(answer.upperBound >= known.omega)
        #expect(answer.upperBound < graph.vertexCount)
    }

    @Test("takes graphs without vertices and without edges", arguments: [0, 1, 5, 64, 65])
    func trivial(vertexCount: Int) {
        let answer = MaximumClique(DenseGraph(vertexCount: vertexCount)).solve()
        #expect(answer.vertices.count == min(1, vertexCount))
        #expect(answer.isProven)
    }
}
