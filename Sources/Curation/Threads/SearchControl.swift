import Synchronization

/// Tells searches on all threads when to end: at a deadline, or when somebody asks.
public final class SearchControl: Sendable {
    private let deadline: ContinuousClock.Instant?
    private let stopped = Atomic<Bool>(false)
    private let nodesLeft: Atomic<Int>
    private let outer: SearchControl?

    /// Creates a control.
    ///
    /// - Parameter budget: How long searches may take from now on; nil means for ever.
    public init(budget: Duration? = nil) {
        deadline = budget.map { ContinuousClock.now + $0 }
        nodesLeft = Atomic(Int.max)
        outer = nil
    }

    /// Creates a control for a part of a search: it ends with the whole, or after a time of its own.
    public init(budget: Duration, within outer: SearchControl) {
        deadline = ContinuousClock.now + budget
        nodesLeft = Atomic(Int.max)
        self.outer = outer
    }

    /// Creates a control for a part of a search: it ends with the whole, or after a number of nodes.
    ///
    /// Unlike a time, a number of nodes gives the same answer on every machine.
    init(nodes: Int, within outer: SearchControl) {
        deadline = nil
        nodesLeft = Atomic(nodes)
        self.outer = outer
    }

    /// Counts nodes that were visited.
    func spend(_ nodes: Int) {
        if nodesLeft.subtract(nodes, ordering: .relaxed).newValue <= 0 { stop() }
    }

    /// Asks every search to end with the best that it has; safe from any thread.
    public func stop() { stopped.store(true, ordering: .relaxed) }

    /// Whether searches are to end; looks at the clock.
    public var isOver: Bool {
        if stopped.load(ordering: .relaxed) || outer?.isOver == true { return true }
        guard let deadline, ContinuousClock.now >= deadline else { return false }
        stopped.store(true, ordering: .relaxed)
        return true
    }
}
