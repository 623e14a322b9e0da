/// A heaviest independent set by reducing, splitting into components and branching, within a number of nodes.
///
/// Small components, and dense ones, go to the searches on bits; a larger one is branched on at the vertex whose
/// neighbourhood weighs most, and reduced again.
final class WeightedSearch {
    private let control: SearchControl
    private var nodesLeft: Int
    private var scratch: [Int32] = []
    /// Whether the nodes did not suffice, so that an answer proves nothing.
    private(set) var isStopped = false

    /// Prepares a search.
    ///
    /// - Parameter nodes: How much work it may be, in nodes of the searches on bits.
    init(nodes: Int, control: SearchControl) {
        nodesLeft = nodes
        self.control = control
    }

    /// A heaviest independent set, or nil when none is heavier than `floor` or the search was stopped.
    func best(of graph: ConflictGraph, _ weights: [Int], above floor: Int) -> [Bool]? {
        guard !isStopped else { return nil }
        let kernel = WeightedKernel(graph, weights: weights)
        var reducer = WeightedReducer(kernel)
        reducer.run()
        spend(8 + graph.vertexCount / 4)
        let (rest, vertices, restWeights) = kernel.weightedRemainder()
        var members = [Bool](repeating: false, count: graph.vertexCount)
        var weight = kernel.offset
        let components = Components(rest).members.sorted { $0.count < $1.count }
        let parts = components.map { rest.induced(by: $0, scratch: &scratch) }
        let partWeights = components.map { component in component.map { restWeights[Int($0)] } }
        // What the components can have at most, so that a hopeless case is left early.
        var bounds = parts.indices.map { CliqueCover.bound(parts[$0], partWeights[$0]) }
        var total = weight + bounds.reduce(0, +)
        for (index, part) in parts.enumerated() {
            guard total > floor, !isStopped else { return nil }
            let need = floor - (total - bounds[index])
            guard let answer = branch(part, partWeights[index], above: max(need, 0), bound: bounds[index]) else {
                return nil
            }
            let found = Self.weight(of: answer, partWeights[index])
            total += found - bounds[index]
            bounds[index] = found
            weight += found
            for (position, isIn) in answer.enumerated() where isIn {
                members[Int(vertices[Int(components[index][position])])] = true
            }
        }
        guard weight > floor, !isStopped else { return nil }
        kernel.undo(&members)
        return members
    }

    /// What the members weigh together.
    static func weight(of isMember: [Bool], _ weights: [Int]) -> Int {
        var sum = 0
        for (vertex, isIn) in isMember.enumerated() where isIn { sum += weights[vertex] }
        return sum
    }

    private func branch(_ graph: ConflictGraph, _ weights: [Int], above floor: Int, bound: Int) -> [Bool]? {
        guard bound > floor, !isStopped else { return nil }
        if graph.isForBits { return dense(graph, weights, above: floor) }
        if graph.vertexCount <= 64 { return small(graph, weights, above: floor) }
        let around = (0..<graph.vertexCount).map { vertex in
            graph.neighbours(of: vertex).reduce(0) { $0 + weights[Int($1)] }
        }
        var pivot = 0
        for vertex in around.indices where around[vertex] > around[pivot] { pivot = vertex }
        var answer: [Bool]?
        var floor = floor
        // With the pivot, then without.
        let without = (0..<Int32(graph.vertexCount)).filter { $0 != pivot }
        let neighbours = Set(graph.neighbours(of: pivot))
        let with = without.filter { !neighbours.contains($0) }
        if let found = part(of: graph, weights, with, above: floor - weights[pivot]) {
            answer = found
            answer?[pivot] = true
            floor = answer.map { Self.weight(of: $0, weights) } ?? floor
        }
        if floor < bound, let found = part(of: graph, weights, without, above: floor) { answer = found }
        return isStopped ? nil : answer
    }

    /// The best of what some vertices induce, as members of the whole.
    private func part(of graph: ConflictGraph, _ weights: [Int], _ vertices: [Int32], above floor: Int) -> [Bool]? {
        let graphPart = graph.induced(by: vertices, scratch: &scratch)
        guard let found = best(of: graphPart, vertices.map { weights[Int($0)] }, above: floor) else { return nil }
        var members = [Bool](repeating: false, count: graph.vertexCount)
        for (position, isIn) in found.enumerated() where isIn { members[Int(vertices[position])] = true }
        return members
    }

    private func dense(_ graph: ConflictGraph, _ weights: [Int], above floor: Int) -> [Bool]? {
        let search = WeightedCliqueSearch(
            graph.complement(), weights: weights, above: floor, nodes: max(1, nodesLeft), control: control)
        let found = search.solve()
        spend(search.nodeCount)
        if search.isStopped { isStopped = true }
        return isStopped || found.isEmpty ? nil : Self.members(found, of: graph)
    }

    private static func members(_ vertices: [Int], of graph: ConflictGraph) -> [Bool] {
        var members = [Bool](repeating: false, count: graph.vertexCount)
        for vertex in vertices { members[vertex] = true }
        return members
    }

    private func small(_ graph: ConflictGraph, _ weights: [Int], above floor: Int) -> [Bool]? {
        var search = WeightedSet(graph, weights: weights, above: floor, nodes: max(1, nodesLeft))
        let before = search.nodesLeft
        let (found, isProven) = search.solve()
        spend(before - search.nodesLeft)
        if !isProven { isStopped = true }
        return isStopped || found.isEmpty ? nil : Self.members(found, of: graph)
    }

    private func spend(_ nodes: Int) {
        nodesLeft -= nodes
        if nodesLeft <= 0 || control.isOver { isStopped = true }
    }
}
