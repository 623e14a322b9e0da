/// Chooses by weight: among sets of the same size the heavier, or the heaviest whatever its size.
public struct WeightedChoice {
    private let graph: ConflictGraph
    private let weights: [Int]
    private let seed: UInt64
    private let effort: SearchEffort
    private let threads: Int
    private let control: SearchControl

    /// The largest weight that is taken: a million.
    public static let largest = 1_000_000

    /// Prepares a choice.
    ///
    /// - Parameter weights: A number from 1 to `largest` for each vertex; others are brought into that range.
    public init(
        _ graph: ConflictGraph, weights: [Int], seed: UInt64 = 0, effort: SearchEffort = .standard, threads: Int = 1,
        control: SearchControl = SearchControl()
    ) {
        precondition(weights.count == graph.vertexCount, "each vertex has a weight")
        self.graph = graph
        self.weights = weights.map { min(Self.largest, max(1, $0)) }
        self.seed = seed
        self.effort = effort
        self.threads = threads
        self.control = control
    }

    /// A set of the same size, or a larger one, and at least the same weight: the heaviest of its size wherever that
    /// can be found, and elsewhere better by single exchanges.
    ///
    /// - Returns: The set, and whether none of the largest sets is heavier.
    public func heavier(than set: IndependentSet) -> (set: IndependentSet, isHeaviest: Bool) {
        var result = set
        var isHeaviest = set.isProven
        // One more member outweighs whatever all the weights of its component could.
        let components = Components(graph).members
        var ranked = weights
        for component in components {
            let rank = (component.count + 1) * Self.largest
            for vertex in component { ranked[Int(vertex)] += rank }
        }
        let answer = MaximumWeightSet(
            graph, weights: ranked, seed: seed, effort: .quick, threads: threads, control: control
        ).solve()
        for component in components where component.count > 1 {
            func value(_ isMember: [Bool]) -> Int {
                component.reduce(0) { $0 + (isMember[Int($1)] ? ranked[Int($1)] : 0) }
            }
            if value(answer.isMember) > value(result.isMember) {
                for vertex in component { result.isMember[Int(vertex)] = answer.isMember[Int(vertex)] }
            } else if value(answer.isMember) < value(result.isMember) {
                exchange(component, &result.isMember)
            }
        }
        complete(&result.isMember)
        let reached = ranked.indices.reduce(0) { $0 + (result.isMember[$1] ? ranked[$1] : 0) }
        isHeaviest = isHeaviest && reached >= answer.upperBound
        return (result, isHeaviest)
    }

    /// The heaviest set that is found, its weight, and a bound that no weight exceeds.
    public func heaviest() -> (set: IndependentSet, weight: Int, upperBound: Int) {
        let answer = MaximumWeightSet(
            graph, weights: weights, seed: seed, effort: effort, threads: threads, control: control
        ).solve()
        var isMember = answer.isMember
        complete(&isMember)
        let set = IndependentSet(
            isMember: isMember, upperBound: graph.vertexCount, kernelSize: answer.kernelSize,
            openComponentCount: answer.openComponentCount)
        return (set, WeightedSearch.weight(of: isMember, weights), answer.upperBound)
    }

    /// Adds whoever is in nobody's way, the heaviest first: a search that was ended early may leave such.
    private func complete(_ isMember: inout [Bool]) {
        let free = (0..<graph.vertexCount).filter { vertex in
            !isMember[vertex] && !graph.neighbours(of: vertex).contains { isMember[Int($0)] }
        }
        for vertex in free.sorted(by: { (weights[$0], $1) > (weights[$1], $0) })
        where !graph.neighbours(of: vertex).contains(where: { isMember[Int($0)] }) {
            isMember[vertex] = true
        }
    }

    /// Puts a heavier neighbour in a member's place wherever it knows no other member.
    private func exchange(_ component: [Int32], _ isMember: inout [Bool]) {
        var hasChanged = true
        var rounds = 0
        while hasChanged && rounds < 100 {
            hasChanged = false
            rounds += 1
            for vertex in component where !isMember[Int(vertex)] {
                let members = graph.neighbours(of: Int(vertex)).filter { isMember[Int($0)] }
                guard members.count == 1, weights[Int(members[0])] < weights[Int(vertex)] else { continue }
                isMember[Int(members[0])] = false
                isMember[Int(vertex)] = true
                hasChanged = true
            }
        }
    }
}
