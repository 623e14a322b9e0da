/// Finds a large independent set of a sparse graph, with a proven bound: the maximum wherever that can be shown.
///
/// The graph is reduced; what is left falls into components. Small ones are solved exactly. Large ones get a local search
/// with several starts and exact neighbourhoods, a bound from a linear programme, and the exact search as far as a number
/// of nodes goes. All of that is counted in steps, not in time, so the answer depends on the seed alone, unless the
/// control ends it early.
public struct MaximumIndependentSet {
    private let graph: ConflictGraph
    private let seed: UInt64
    private let effort: SearchEffort
    private let threads: Int
    private let control: SearchControl

    /// Prepares a search.
    public init(
        _ graph: ConflictGraph, seed: UInt64 = 0, effort: SearchEffort = .standard, threads: Int = 1,
        control: SearchControl = SearchControl()
    ) {
        self.graph = graph
        self.seed = seed
        self.effort = effort
        self.threads = threads
        self.control = control
    }

    /// Searches until everything is proven or done.
    public func solve() -> IndependentSet {
        let kernel = Kernel(graph)
        var reducer = Reducer(kernel)
        reducer.run(control: control)
        let (rest, vertices) = kernel.remainder()
        var scratch: [Int32] = []
        let members = Components(rest).members
        let parts = members.map { rest.induced(by: $0, scratch: &scratch) }
        let answers = solve(parts)
        var isMember = [Bool](repeating: false, count: graph.vertexCount)
        var bound = kernel.offset
        var openCount = 0
        for (index, answer) in answers.enumerated() {
            for (position, isIn) in answer.isMember.enumerated() where isIn {
                isMember[Int(vertices[Int(members[index][position])])] = true
            }
            bound += answer.upperBound
            if answer.size < answer.upperBound { openCount += 1 }
        }
        kernel.undo(&isMember)
        // Only a search that was ended early leaves room.
        for vertex in 0..<graph.vertexCount
        where !isMember[vertex] && !graph.neighbours(of: vertex).contains(where: { isMember[Int($0)] }) {
            isMember[vertex] = true
        }
        return IndependentSet(
            isMember: isMember, upperBound: bound, kernelSize: rest.vertexCount, openComponentCount: openCount)
    }

    /// Solves components side by side, in tasks of which several may belong to one component.
    private func solve(_ parts: [ConflictGraph]) -> [ComponentAnswer] {
        var answers = parts.map { ComponentAnswer(trivialFor: $0) }
        run(parts.map { ComponentSearch.kinds(for: $0, effort: effort) }, on: parts, &answers)
        for round in 0..<effort.continuations where !control.isOver {
            let kinds = parts.indices.map {
                ComponentSearch.nextKinds(for: parts[$0], after: answers[$0], round: round + 1)
            }
            run(kinds, on: parts, &answers)
        }
        return answers
    }

    /// Does what is to be done for each component, and joins what is found with what is known.
    private func run(_ kinds: [[ComponentSearch.Kind]], on parts: [ConflictGraph], _ answers: inout [ComponentAnswer]) {
        let (seed, effort, control) = (seed, effort, control)
        let tasks = parts.indices.flatMap { part in kinds[part].map { (part: part, kind: $0) } }
        // The largest first, so that no thread is left alone with it at the end.
        let order = tasks.indices.sorted {
            let (one, other) = (parts[tasks[$0].part].vertexCount, parts[tasks[$1].part].vertexCount)
            return one != other ? one > other : $0 < $1
        }
        let found: [(Int, ComponentAnswer)] = SharedWork.run(
            itemCount: order.count, chunk: 1, threads: threads, control: SearchControl()
        ) { range, found in
            let task = tasks[order[range.lowerBound]]
            let search = ComponentSearch(parts[task.part], seed: seed, effort: effort, control: control)
            found.append((order[range.lowerBound], search.run(task.kind)))
        }
        for (task, answer) in found.sorted(by: { $0.0 < $1.0 }) {
            let part = tasks[task].part
            if answers[part].size > 0, answer.size > 0, !control.isOver,
                let better = CombinedSet.of(
                    answers[part].isMember, answer.isMember, in: parts[part], seed: seed, control: control)
            {
                answers[part].join(ComponentAnswer(better, upperBound: answers[part].upperBound))
            }
            answers[part].join(answer)
        }
    }
}
