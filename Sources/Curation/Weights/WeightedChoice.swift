/// Chooses by weight: among sets of the same size the heavier, or the heaviest whatever its size.
public struct WeightedChoice {
    private let graph: ConflictGraph
    private let weights: [Int]
    private let seed: UInt64
    private let control: SearchControl

    /// The largest weight that is taken: a million.
    public static let largest = 1_000_000
    private static let exactSize = 64
    private static let nodes = 200_000

    /// Prepares a choice.
    ///
    /// - Parameter weights: A number from 1 to `largest` for each vertex; others are brought into that range.
    public init(_ graph: ConflictGraph, weights: [Int], seed: UInt64 = 0, control: SearchControl = SearchControl()) {
        precondition(weights.count == graph.vertexCount, "each vertex has a weight")
        self.graph = graph
        self.weights = weights.map { min(Self.largest, max(1, $0)) }
        self.seed = seed
        self.control = control
    }

    /// A set of the same size and at least the same weight: the heaviest of its size in every small component, and
    /// better by single exchanges in the others.
    public func heavier(than set: IndependentSet) -> IndependentSet {
        var result = set
        var scratch: [Int32] = []
        for component in Components(graph).members where component.count > 1 && !control.isOver {
            if component.count <= Self.exactSize {
                let part = graph.induced(by: component, scratch: &scratch)
                // One more member outweighs whatever all the weights could.
                let ranked = component.map { weights[Int($0)] + 128 * Self.largest }
                var search = WeightedSet(part, weights: ranked, nodes: Self.nodes)
                let members = search.solve().members
                let current = component.count { result.isMember[Int($0)] }
                guard members.nonzeroBitCount >= current else { continue }
                for (position, vertex) in component.enumerated() {
                    result.isMember[Int(vertex)] = members >> UInt64(position) & 1 == 1
                }
            } else {
                exchange(component, &result.isMember)
            }
        }
        complete(&result.isMember)
        return result
    }

    /// The heaviest set that is found, its weight, and a bound that no weight exceeds.
    public func heaviest() -> (set: IndependentSet, weight: Int, upperBound: Int) {
        var isMember = [Bool](repeating: false, count: graph.vertexCount)
        var bound = 0
        var openCount = 0
        var scratch: [Int32] = []
        for component in Components(graph).members {
            let part = graph.induced(by: component, scratch: &scratch)
            let partWeights = component.map { weights[Int($0)] }
            if component.count <= Self.exactSize {
                var search = WeightedSet(part, weights: partWeights, nodes: Self.nodes)
                let (members, isProven) = search.solve()
                var weight = 0
                for (position, vertex) in component.enumerated() where members >> UInt64(position) & 1 == 1 {
                    isMember[Int(vertex)] = true
                    weight += partWeights[position]
                }
                if isProven {
                    bound += weight
                    continue
                }
            } else {
                var search = WeightedLocalSearch(part, weights: partWeights, seed: seed)
                search.run(steps: 40 * component.count, control: control)
                for (position, isIn) in search.best.enumerated() where isIn {
                    isMember[Int(component[position])] = true
                }
            }
            let found = component.reduce(0) { $0 + (isMember[Int($1)] ? weights[Int($1)] : 0) }
            let programme = FractionalCover(part, weights: partWeights)
            programme.improve(towards: found, rounds: 12, control: control)
            bound += programme.bound
            if programme.bound > found { openCount += 1 }
        }
        complete(&isMember)
        let weight = isMember.indices.reduce(0) { $0 + (isMember[$1] ? weights[$1] : 0) }
        let set = IndependentSet(
            isMember: isMember, upperBound: graph.vertexCount, kernelSize: graph.vertexCount,
            openComponentCount: openCount)
        return (set, weight, bound)
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
