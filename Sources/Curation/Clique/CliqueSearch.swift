/// Branch and bound for a maximum clique of one graph whose vertices stand in a good order.
///
/// Theory of operation. A node of the search has candidates, all adjacent to the clique so far. They are coloured with
/// as many colours as may be joined without beating the best clique; whoever gets a colour needs no branch. The rest
/// is reduced twice more: by moving one vertex to another colour, and by maximum-satisfiability reasoning, which shows
/// that some colours cannot all contribute. What is left is branched on, each vertex with the coloured ones and those
/// before it. All sets are bits, in buffers that are allocated once; colours are needed only until branching begins, so
/// all depths share them.
///
/// Reference: San Segundo et al., BBMCR (2013) and CliSAT (2023); Li, Fang and Xu, IncMaxCLQ (2013).
final class CliqueSearch {
    /// The largest size that is known; only larger cliques are recorded.
    private(set) var best: Int
    /// The largest clique that was recorded; empty when none was larger than the first bound.
    private(set) var bestClique: [Int] = []
    /// Nodes that were visited.
    private(set) var nodeCount = 0
    /// Whether the search was stopped before it had seen everything.
    private(set) var isStopped = false

    let colouring: ColourClasses
    private let reasoning: ClassReasoning?
    private let graph: DenseGraph
    private let control: SearchControl
    private let stack: CliqueStack

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - graph: The graph; a lower number is coloured earlier.
    ///   - best: A size that is already reached elsewhere.
    init(_ graph: DenseGraph, best: Int, reasons: Bool, control: SearchControl) {
        self.graph = graph
        self.control = control
        self.best = best
        colouring = ColourClasses(graph)
        reasoning = reasons ? ClassReasoning(graph, colouring) : nil
        stack = CliqueStack(graph)
    }

    deinit { stack.deallocate() }

    /// Searches the whole graph.
    func run() {
        stack.begin()
        expand(depth: 0)
        control.spend(nodeCount & 255)
    }

    private func expand(depth: Int) {
        nodeCount &+= 1
        if nodeCount & 255 == 0 {
            control.spend(256)
            if control.isOver { isStopped = true }
        }
        if isStopped { return }
        let candidate = stack.candidates(at: depth)
        let branch = stack.branches(at: depth)
        var isEmpty = true
        for word in 0..<stack.words where candidate[word] != 0 {
            isEmpty = false
            break
        }
        if isEmpty {
            if depth > best { record(depth) }
            return
        }
        // After this, `candidate` holds who needs no branch.
        guard colouring.colour(candidate, rest: branch, limit: best &- depth) else { return }
        if let reasoning, best > depth, !reasoning.absorb(coloured: candidate, rest: branch) { return }
        stack.forEachBranch(at: depth) { _ in
            expand(depth: depth &+ 1)
            return !isStopped
        }
    }

    private func record(_ size: Int) {
        best = size
        bestClique = stack.chosen(to: size)
    }
}
