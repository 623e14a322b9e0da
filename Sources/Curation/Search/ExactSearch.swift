/// A maximum independent set by reducing, splitting into components and branching, within a number of nodes.
///
/// Small components, and dense ones, go to the clique search on the complement; a large sparse one is branched on at its
/// vertex of the highest degree and reduced again.
final class ExactSearch {
    private let control: SearchControl
    private let seed: UInt64
    private var nodesLeft: Int
    private var scratch: [Int32] = []
    /// Whether the nodes did not suffice, so that an answer proves nothing.
    private(set) var isStopped = false

    /// Prepares a search.
    ///
    /// - Parameter nodes: How much work it may be, in nodes of the clique search.
    init(nodes: Int, seed: UInt64, control: SearchControl) {
        nodesLeft = nodes
        self.seed = seed
        self.control = control
    }

    /// A maximum independent set, or nil when none is larger than `floor` or the search was stopped.
    func best(of graph: ConflictGraph, above floor: Int) -> [Bool]? {
        guard !isStopped else { return nil }
        let kernel = Kernel(graph)
        var reducer = Reducer(kernel)
        reducer.run()
        spend(8 + graph.vertexCount / 4)
        let (rest, vertices) = kernel.remainder()
        var members = [Bool](repeating: false, count: graph.vertexCount)
        var size = kernel.offset
        let components = Components(rest).members.sorted { $0.count < $1.count }
        // What the components can have at most, so that a hopeless case is left early.
        let parts = components.map { rest.induced(by: $0, scratch: &scratch) }
        var bounds = parts.map { CliqueCover.bound($0) }
        var total = size + bounds.reduce(0, +)
        for (index, part) in parts.enumerated() {
            guard total > floor, !isStopped else { return nil }
            let need = floor - (total - bounds[index])
            guard let answer = branch(part, above: max(need, 0), bound: bounds[index]) else { return nil }
            let count = answer.count { $0 }
            total += count - bounds[index]
            bounds[index] = count
            size += count
            for (position, isIn) in answer.enumerated() where isIn {
                members[Int(vertices[Int(components[index][position])])] = true
            }
        }
        guard size > floor, !isStopped else { return nil }
        kernel.undo(&members)
        return members
    }

    private func branch(_ graph: ConflictGraph, above floor: Int, bound: Int) -> [Bool]? {
        guard bound > floor, !isStopped else { return nil }
        if graph.vertexCount <= 64 || graph.isForBits { return clique(graph, above: floor) }
        var pivot = 0
        for vertex in 1..<graph.vertexCount where graph.degree(of: vertex) > graph.degree(of: pivot) { pivot = vertex }
        var answer: [Bool]?
        var floor = floor
        // With the pivot, then without.
        let without = (0..<Int32(graph.vertexCount)).filter { $0 != pivot }
        let neighbours = Set(graph.neighbours(of: pivot))
        let with = without.filter { !neighbours.contains($0) }
        if let found = best(of: graph.induced(by: with, scratch: &scratch), above: floor - 1) {
            var members = [Bool](repeating: false, count: graph.vertexCount)
            for (position, isIn) in found.enumerated() where isIn { members[Int(with[position])] = true }
            members[pivot] = true
            floor = found.count { $0 } + 1
            answer = members
        }
        if floor < bound, let found = best(of: graph.induced(by: without, scratch: &scratch), above: floor) {
            var members = [Bool](repeating: false, count: graph.vertexCount)
            for (position, isIn) in found.enumerated() where isIn { members[Int(without[position])] = true }
            answer = members
        }
        return isStopped ? nil : answer
    }

    private func clique(_ graph: ConflictGraph, above floor: Int) -> [Bool]? {
        let dense = graph.complement()
        let limit = SearchControl(nodes: nodesLeft, within: control)
        let answer = MaximumClique(dense, seed: seed, control: limit).solve(atLeast: floor)
        spend(answer.nodeCount)
        if limit.isOver { isStopped = true }
        guard !isStopped, answer.vertices.count > floor else { return nil }
        var members = [Bool](repeating: false, count: graph.vertexCount)
        for vertex in answer.vertices { members[vertex] = true }
        return members
    }

    private func spend(_ nodes: Int) {
        nodesLeft -= nodes
        if nodesLeft <= 0 || control.isOver { isStopped = true }
    }
}
