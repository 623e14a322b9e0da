/// Solves one component that cannot be reduced.
struct ComponentSearch {
    /// One of the ways to go about it.
    enum Kind {
        /// To the end, or as far as the nodes go; then as the others do.
        case exact
        /// A local search from a greedy set, or from one that was found; the number makes starts differ.
        case local(Int, from: [Bool]? = nil)
        /// A bound without a set.
        case bound
    }

    /// Components up to this size are nearly always solved exactly.
    private static let exactSize = 1000

    private let graph: ConflictGraph
    private let seed: UInt64
    private let effort: SearchEffort
    private let control: SearchControl

    init(_ graph: ConflictGraph, seed: UInt64, effort: SearchEffort, control: SearchControl) {
        self.graph = graph
        self.seed = seed
        self.effort = effort
        self.control = control
    }

    /// What is to be done for a component; each may be done on another thread.
    static func kinds(for graph: ConflictGraph, effort: SearchEffort) -> [Kind] {
        if graph.vertexCount <= exactSize { return [.exact] }
        return effort == .quick ? [.local(0), .bound] : [.local(0), .local(1), .bound]
    }

    /// What is to be done next for a component in which a set was found that may not be the largest.
    static func nextKinds(for graph: ConflictGraph, after found: ComponentAnswer, round: Int) -> [Kind] {
        guard graph.vertexCount > exactSize, found.size < found.upperBound else { return [] }
        return [.local(2 * round, from: found.isMember), .local(2 * round + 1, from: found.isMember)]
    }

    func run(_ kind: Kind) -> ComponentAnswer {
        switch kind {
        case .exact: return exact()
        case .local(let start, let found):
            return ComponentAnswer(local(start, from: found, floor: nil), upperBound: graph.vertexCount)
        case .bound:
            var answer = ComponentAnswer(trivialFor: graph)
            answer.upperBound = bound(floor: 0)
            return answer
        }
    }

    private func exact() -> ComponentAnswer {
        // The local search alone often meets the bound.
        let bound = bound(floor: 0)
        let found = local(0, floor: bound)
        let size = found.count { $0 }
        if size >= bound { return ComponentAnswer(found, upperBound: size) }
        let nodes = effort == .quick ? 20_000 : 50_000 * effort.rounds
        let search = ExactSearch(nodes: nodes, seed: seed, control: control)
        let better = search.best(of: graph, above: size)
        if let better { return ComponentAnswer(better, upperBound: better.count { $0 }) }
        return ComponentAnswer(found, upperBound: search.isStopped ? bound : size)
    }

    private func local(_ start: Int, from found: [Bool]? = nil, floor: Int?) -> [Bool] {
        let startSeed = RandomSource.mix(seed &+ UInt64(start) &* 0x9E37_79B9_7F4A_7C15)
        var search = LocalSearch(graph, seed: startSeed)
        if let found { search.adopt(found) }
        var balls = NeighbourhoodSearch(graph, seed: startSeed, control: control)
        let isSmall = graph.vertexCount <= Self.exactSize
        let many = max(min(100_000, 20 * graph.vertexCount), min(400_000, 10 * graph.vertexCount))
        let steps = isSmall ? 20 * graph.vertexCount : many
        var idleRounds = 0
        for _ in 0..<(isSmall ? min(1, effort.rounds) : effort.rounds) {
            if control.isOver || search.bestSize == floor || idleRounds == effort.patience { break }
            let before = search.bestSize
            search.run(steps: steps, control: control)
            if isSmall || control.isOver { continue }
            var members = search.best
            _ = balls.improve(&members, balls: 100, size: 250, nodes: 20_000)
            search.adopt(members)
            idleRounds = search.bestSize > before ? 0 : idleRounds + 1
        }
        return search.best
    }

    private func bound(floor: Int) -> Int {
        let cover = CliqueCover.bound(graph)
        let programme = FractionalCover(graph, weights: [Int](repeating: 1, count: graph.vertexCount))
        programme.improve(towards: floor, rounds: effort == .quick ? 2 : 8, control: control)
        return min(cover, programme.bound)
    }
}
