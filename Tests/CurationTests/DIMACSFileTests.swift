import Curation
import TestSupport
import Testing

@Suite("DIMACS files") struct DIMACSFileTests {
    @Test("reads the text form")
    func text() throws {
        let graph = try DIMACSFile.parse(Array("c a path\np edge 3 2\ne 1 2\r\n\ne 2 3\n".utf8))
        #expect(graph.vertexCount == 3)
        #expect(graph.areAdjacent(0, 1) && graph.areAdjacent(1, 2) && !graph.areAdjacent(0, 2))
    }

    @Test(
        "says what is wrong and where",
        arguments: [
            ("", "no line 'p"), ("hello\n", "line 1"), ("p edge 2 1\ne 1 3\n", "line 2"), ("e 1 2\n", "line 1"),
            ("p edge 99999999 1\n", "limit"), ("p edge 2\ne\n", "line 2"), ("p edge 2 0\np edge 2 0\n", "line 2"),
            ("9999\np edge 2 1\n", "preamble"), ("11\np edge 9 1\n", "needs"), ("0\n", "preamble"),
            ("p edge 99999999999999999999 1", "line 1"), ("p edge 0 0\ne 1 1\n", "line 2"),
        ])
    func broken(text: String, message: String) {
        let error = #expect(throws: CurationError.self) { try DIMACSFile.parse(Array(text.utf8)) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("survives every kind of damage", arguments: 0..<8)
    func damaged(seed: Int) throws {
        var random = TestRandom(seed: UInt64(seed))
        let whole =
            seed % 2 == 0
            ? try HostBytes.read("\(PackageRoot.path)/Tests/Fixtures/dimacs/johnson8-2-4.clq.b")
            : Array("c x\np edge 5 3\ne 1 2\ne 2 3\ne 4 5\n".utf8)
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<(1 + random.next(below: 4)) {
                let place = random.next(below: bytes.count)
                switch random.next(below: 3) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(below: 9)))
                default: bytes.insert(UInt8(ascii: "9"), at: place)
                }
                if bytes.isEmpty { bytes = whole }
            }
            // Whatever it is, it is a graph or an error.
            if let graph = try? DIMACSFile.parse(bytes) { #expect(graph.vertexCount <= DIMACSFile.vertexLimit) }
        }
    }
}
