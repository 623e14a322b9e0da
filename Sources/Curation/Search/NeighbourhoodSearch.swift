/// Improves an independent set by solving small neighbourhoods exactly.
///
/// A ball of vertices is cut out; who in it has no member as a neighbour outside may be chosen anew, and a maximum
/// choice is found by exact search. It finds exchanges of many members for one more, which no local search sees.
struct NeighbourhoodSearch {
    private let graph: ConflictGraph
    private let control: SearchControl
    private let seed: UInt64
    private var random: RandomSource
    private var mark: [Int32]
    private var stamp: Int32 = 0
    private var scratch: [Int32] = []

    init(_ graph: ConflictGraph, seed: UInt64, control: SearchControl) {
        self.graph = graph
        self.control = control
        self.seed = seed
        random = RandomSource(seed: seed ^ 0x6E65_6967)
        mark = [Int32](repeating: 0, count: graph.vertexCount)
    }

    /// Solves balls around a number of random vertices.
    ///
    /// - Returns: By how much the set grew.
    mutating func improve(_ isMember: inout [Bool], balls: Int, size: Int, nodes: Int) -> Int {
        var gain = 0
        for _ in 0..<balls where !control.isOver {
            let ball = ball(around: Int32(random.next(below: graph.vertexCount)), size: size)
            let free = ball.filter { vertex in
                graph.neighbours(of: Int(vertex)).allSatisfy { !isMember[Int($0)] || mark[Int($0)] == stamp }
            }
            let current = free.count { isMember[Int($0)] }
            let part = graph.induced(by: free, scratch: &scratch)
            let search = ExactSearch(nodes: nodes, seed: seed, control: control)
            guard let better = search.best(of: part, above: current) else { continue }
            for (position, isIn) in better.enumerated() { isMember[Int(free[position])] = isIn }
            gain += better.count { $0 } - current
        }
        return gain
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
