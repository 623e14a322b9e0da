/// Improves an independent set by solving small neighbourhoods exactly.
///
/// A ball of vertices is cut out; who in it has no member as a neighbour outside may be chosen anew, and a maximum
/// choice is found by exact search. It finds exchanges of many members for one more, which no local search sees.
struct NeighbourhoodSearch {
    private let graph: ConflictGraph
    private let control: SearchControl
    private let seed: UInt64
    private var balls: GraphBalls
    private var scratch: [Int32] = []

    init(_ graph: ConflictGraph, seed: UInt64, control: SearchControl) {
        self.graph = graph
        self.control = control
        self.seed = seed
        balls = GraphBalls(graph, seed: seed)
    }

    /// Solves balls around a number of random vertices.
    ///
    /// - Returns: By how much the set grew.
    mutating func improve(_ isMember: inout [Bool], balls count: Int, size: Int, nodes: Int) -> Int {
        var gain = 0
        for _ in 0..<count where !control.isOver {
            let free = balls.next(size: size, isMember)
            let current = free.count { isMember[Int($0)] }
            let part = graph.induced(by: free, scratch: &scratch)
            let search = ExactSearch(nodes: nodes, seed: seed, control: control)
            guard let better = search.best(of: part, above: current) else { continue }
            for (position, isIn) in better.enumerated() { isMember[Int(free[position])] = isIn }
            gain += better.count { $0 } - current
        }
        return gain
    }
}
