import Synchronization

/// Finds a maximum clique of a dense graph and proves that none is larger.
///
/// A local search gives a first bound. Then the graph is split once, by a colouring, into sub-problems that grow; each
/// is ordered anew and searched by branch and bound. Sub-problems run on all threads; the answer does not depend on
/// how many there are, because a sub-problem builds on the results of those well before it alone.
public struct MaximumClique {
    /// Sub-problems that may be under way before the oldest of them is done.
    private static let lag = 8

    private let graph: DenseGraph
    private let seed: UInt64
    private let threads: Int
    private let control: SearchControl

    /// Prepares a search.
    public init(_ graph: DenseGraph, seed: UInt64 = 0, threads: Int = 1, control: SearchControl = SearchControl()) {
        self.graph = graph
        self.seed = seed
        self.threads = threads
        self.control = control
    }

    /// Searches until the answer is proven or the control ends it.
    ///
    /// - Parameter atLeast: A size that is reached elsewhere: cliques up to it are of no use and are not looked for.
    public func solve(atLeast: Int = 0) -> CliqueAnswer {
        var start = CliqueStart(graph, seed: seed)
        let first = start.run(moves: max(2000, min(20 * graph.vertexCount, 20_000)))
        let order = graph.degeneracyOrder()
        let ordered = graph.induced(by: order)
        let root = CliqueRoot(ordered, best: max(first.count, atLeast), reasons: reasons)
        let queue = OrderedQueue(taskCount: root.branches.count, lag: Self.lag, initial: root.best)
        let found = Mutex(Found())
        let reasons = reasons
        let control = control
        Workers.run(min(threads, root.branches.count)) { _ in
            while !control.isOver, let (task, best) = queue.take() {
                let (vertices, graph) = root.problem(task)
                let search = CliqueSearch(graph, best: best - 1, reasons: reasons, control: control)
                search.run()
                found.withLock { found in
                    found.nodeCount += search.nodeCount
                    guard !search.bestClique.isEmpty else { return }
                    let clique = search.bestClique.map { vertices[$0] } + [root.branches[task]]
                    found.take(clique, task)
                }
                if search.isStopped { break }
                queue.finish(task, value: search.bestClique.isEmpty ? 0 : search.bestClique.count + 1)
            }
            if control.isOver { queue.close() }
        }
        let result = found.withLock { $0 }
        let best = result.clique.count > first.count ? result.clique.map { order[$0] } : first
        return CliqueAnswer(
            vertices: best.sorted(),
            upperBound: max(best.count, root.bound(doneCount: queue.prefixCount, best: max(best.count, atLeast))),
            nodeCount: result.nodeCount + 1
        )
    }

    /// In graphs of less density the colouring alone is as good and costs less.
    private var reasons: Bool {
        let pairs = graph.vertexCount * (graph.vertexCount - 1) / 2
        return pairs > 0 && Double(graph.edgeCount) / Double(pairs) > 0.8
    }
}

// MARK: -

/// The largest clique of the sub-problems; of equals that of the first.
private struct Found: Sendable {
    var clique: [Int] = []
    var task = 0
    var nodeCount = 0

    mutating func take(_ clique: [Int], _ task: Int) {
        if clique.count > self.clique.count || (clique.count == self.clique.count && task < self.task) {
            (self.clique, self.task) = (clique, task)
        }
    }
}
