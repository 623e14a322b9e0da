/// Improves a heavy independent set by solving small neighbourhoods exactly.
///
/// A ball of vertices is cut out; who in it has no member as a neighbour outside may be chosen anew.
struct WeightedNeighbourhoods {
    private let graph: ConflictGraph
    private let weights: [Int]
    private let control: SearchControl
    private var balls: GraphBalls
    private var scratch: [Int32] = []

    init(_ graph: ConflictGraph, weights: [Int], seed: UInt64, control: SearchControl) {
        self.graph = graph
        self.weights = weights
        self.control = control
        balls = GraphBalls(graph, seed: seed)
    }

    /// Solves balls around a number of random vertices.
    mutating func improve(_ isMember: inout [Bool], balls count: Int, size: Int, nodes: Int) {
        for _ in 0..<count where !control.isOver {
            let free = balls.next(size: size, isMember)
            let freeWeights = free.map { weights[Int($0)] }
            let current = free.indices.reduce(0) { $0 + (isMember[Int(free[$1])] ? freeWeights[$1] : 0) }
            let search = WeightedSearch(nodes: nodes, control: control)
            let part = graph.induced(by: free, scratch: &scratch)
            guard let better = search.best(of: part, freeWeights, above: current) else { continue }
            for (position, isIn) in better.enumerated() { isMember[Int(free[position])] = isIn }
        }
    }
}
