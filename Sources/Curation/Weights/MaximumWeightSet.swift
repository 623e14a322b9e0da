/// Finds a heavy independent set of a sparse graph, with a proven bound: the heaviest wherever that can be shown.
///
/// The graph is reduced; what is left falls into components, which are solved side by side. Each gets a local search and
/// the bound of a linear programme; where these do not meet, branch and reduce as far as a number of nodes goes. All of that is
/// counted in steps, so the answer depends on the seed alone, unless the control ends it early.
struct MaximumWeightSet {
    /// What was found.
    struct Answer: Sendable {
        var isMember: [Bool]
        var upperBound: Int
        /// Vertices that the reductions left.
        var kernelSize: Int
        /// Components of what was left whose answers are not proven.
        var openComponentCount: Int
    }

    /// Components up to this size are searched exactly.
    private static let exactSize = 2000

    private let graph: ConflictGraph
    private let weights: [Int]
    private let seed: UInt64
    private let effort: SearchEffort
    private let threads: Int
    private let control: SearchControl

    init(
        _ graph: ConflictGraph, weights: [Int], seed: UInt64, effort: SearchEffort, threads: Int, control: SearchControl
    ) {
        self.graph = graph
        self.weights = weights
        self.seed = seed
        self.effort = effort
        self.threads = threads
        self.control = control
    }

    /// Searches until everything is proven or done.
    func solve() -> Answer {
        let kernel = WeightedKernel(graph, weights: weights)
        var reducer = WeightedReducer(kernel)
        reducer.run(control: control)
        let (rest, vertices, restWeights) = kernel.weightedRemainder()
        var scratch: [Int32] = []
        let components = Components(rest).members
        let parts = components.map { component in
            Part(
                graph: rest.induced(by: component, scratch: &scratch),
                weights: component.map { restWeights[Int($0)] })
        }
        let found = solve(parts)
        var answer = Answer(
            isMember: [Bool](repeating: false, count: graph.vertexCount), upperBound: kernel.offset,
            kernelSize: rest.vertexCount, openComponentCount: 0)
        for (index, part) in found.enumerated() {
            for (position, isIn) in part.isMember.enumerated() where isIn {
                answer.isMember[Int(vertices[Int(components[index][position])])] = true
            }
            answer.upperBound += part.upperBound
            if WeightedSearch.weight(of: part.isMember, parts[index].weights) < part.upperBound {
                answer.openComponentCount += 1
            }
        }
        kernel.undo(&answer.isMember)
        return answer
    }

    // MARK: -

    private struct Part: Sendable {
        var graph: ConflictGraph
        var weights: [Int]
    }

    /// Solves components side by side, the largest first.
    private func solve(_ parts: [Part]) -> [(isMember: [Bool], upperBound: Int)] {
        let order = parts.indices.sorted {
            let (one, other) = (parts[$0].graph.vertexCount, parts[$1].graph.vertexCount)
            return one != other ? one > other : $0 < $1
        }
        let (seed, effort, control) = (seed, effort, control)
        let found: [(index: Int, isMember: [Bool], upperBound: Int)] = SharedWork.run(
            itemCount: order.count, chunk: 1, threads: threads, control: SearchControl()
        ) { range, found in
            let index = order[range.lowerBound]
            let (isMember, bound) = Self.solve(parts[index], seed, effort, control)
            found.append((index, isMember, bound))
        }
        return found.sorted { $0.index < $1.index }.map { ($0.isMember, $0.upperBound) }
    }

    private static func solve(
        _ part: Part, _ seed: UInt64, _ effort: SearchEffort, _ control: SearchControl
    ) -> (isMember: [Bool], upperBound: Int) {
        let count = part.graph.vertexCount
        if count <= 64 && !control.isOver {
            var search = WeightedSet(part.graph, weights: part.weights, nodes: 200_000)
            let (members, isProven) = search.solve()
            if isProven {
                var isMember = [Bool](repeating: false, count: count)
                for vertex in members { isMember[vertex] = true }
                return (isMember, WeightedSearch.weight(of: isMember, part.weights))
            }
        }
        var local = WeightedLocalSearch(part.graph, weights: part.weights, seed: seed)
        var balls = WeightedNeighbourhoods(part.graph, weights: part.weights, seed: seed, control: control)
        var idleRounds = 0
        for round in 0..<max(1, effort.rounds) where !control.isOver && idleRounds < effort.patience {
            let before = local.bestWeight
            local.run(steps: effort == .quick ? 4 * count : min(400_000, 25 * count), control: control)
            // What follows solves small components exactly.
            if effort == .quick || count <= 400 && round > 0 { break }
            var members = local.best
            balls.improve(&members, balls: 50, size: 200, nodes: 5000)
            local.adopt(members)
            idleRounds = local.bestWeight > before ? 0 : idleRounds + 1
        }
        let weight = WeightedSearch.weight(of: local.best, part.weights)
        let programme = FractionalCover(part.graph, weights: part.weights)
        programme.improve(towards: weight, rounds: effort == .quick ? 2 : 12, control: control)
        let bound = min(programme.bound, CliqueCover.bound(part.graph, part.weights))
        guard weight < bound, count <= exactSize, effort != .quick else { return (local.best, bound) }
        let search = WeightedSearch(nodes: 50_000 * effort.rounds, control: control)
        if let better = search.best(of: part.graph, part.weights, above: weight) {
            return (better, WeightedSearch.weight(of: better, part.weights))
        }
        return (local.best, search.isStopped ? bound : weight)
    }
}
