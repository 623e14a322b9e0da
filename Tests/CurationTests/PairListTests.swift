import Curation
import Testing

@Suite("Lists of pairs") struct PairListTests {
    @Test("reads pairs, whatever the line ends and the count in the first line")
    func read() throws {
        let graph = try PairList.parse(Array("4 9\r\n0 1\r\n\n2\t1\n0 1\n3 3".utf8))
        #expect(graph.vertexCount == 4)
        #expect(graph.edgeCount == 2)
        #expect(graph.areAdjacent(1, 2) && !graph.areAdjacent(0, 2))
    }

    @Test("reads weights, of which one is enough")
    func weights() throws {
        #expect(try PairList.read(Array("3 1\nw 1 40\n0 1\n".utf8)).weights == [1, 40, 1])
        #expect(try PairList.read(Array("3 1\n0 1\n".utf8)).weights == nil)
    }

    @Test(
        "says what is wrong and where",
        arguments: [
            ("", "no line"), ("3\n", "line 1"), ("3 1\n0 3\n", "line 2"), ("3 1\n0\n", "line 2"),
            ("3 1\n0 -1\n", "line 2"),
            ("99999999999 1\n", "limit"), ("0 0\n0 0\n", "line 2"), ("a b\n", "line 1"),
            ("w 0 1\n", "line 1"), ("2 0\nw 2 1\n", "line 2"), ("2 0\nw 1 0\n", "line 2"), ("2 0\nw 1\n", "line 2"),
        ])
    func broken(text: String, message: String) {
        let error = #expect(throws: CurationError.self) { try PairList.parse(Array(text.utf8)) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("survives every kind of damage", arguments: 0..<4)
    func damaged(seed: Int) {
        var random = TestRandom(seed: UInt64(seed))
        let whole = Array("6 4\n0 1\n2 3\n4 5\n5 0\n".utf8)
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<(1 + random.next(below: 4)) where !bytes.isEmpty {
                let place = random.next(below: bytes.count)
                switch random.next(below: 3) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(below: 9)))
                default: bytes.insert(UInt8(ascii: "0"), at: place)
                }
            }
            // Whatever it is, it is a graph or an error; a large count of vertices alone costs memory and is passed over.
            guard bytes.count(where: { $0 == UInt8(ascii: "0") }) < 5 else { continue }
            if let graph = try? PairList.parse(bytes) { #expect(graph.vertexCount <= PairList.vertexLimit) }
        }
    }
}
