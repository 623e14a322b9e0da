/// Balls of vertices around random ones, for searches that improve a set piece by piece.
struct GraphBalls {
    private let graph: ConflictGraph
    private var random: RandomSource
    private var mark: [Int32]
    private var stamp: Int32 = 0

    init(_ graph: ConflictGraph, seed: UInt64) {
        self.graph = graph
        random = RandomSource(seed: seed ^ 0x6E65_6967)
        mark = [Int32](repeating: 0, count: graph.vertexCount)
    }

    /// The vertices of the next ball that may be chosen anew: those without a member as a neighbour outside of it.
    mutating func next(size: Int, _ isMember: [Bool]) -> [Int32] {
        ball(around: Int32(random.next(below: graph.vertexCount)), size: size).filter { vertex in
            graph.neighbours(of: Int(vertex)).allSatisfy { !isMember[Int($0)] || mark[Int($0)] == stamp }
        }
    }

    /// The nearest vertices around one, marked with the stamp.
    private mutating func ball(around center: Int32, size: Int) -> [Int32] {
        stamp += 1
        mark[Int(center)] = stamp
        var found = [center]
        var next = 0
        while next < found.count && found.count < size {
            for other in graph.neighbours(of: Int(found[next])) where mark[Int(other)] != stamp && found.count < size {
                mark[Int(other)] = stamp
                found.append(other)
            }
            next += 1
        }
        return found
    }
}
