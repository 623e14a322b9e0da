import Synchronization

/// Tells searches on all threads when to end: at a deadline, or when somebody asks.
public final class SearchControl: Sendable {
    private let deadline: ContinuousClock.Instant?
    private let stopped = Atomic<Bool>(false)

    /// Creates a control.
    ///
    /// - Parameter budget: How long searches may take from now on; nil means for ever.
    public init(budget: Duration? = nil) {
        deadline = budget.map { ContinuousClock.now + $0 }
    }

    /// Asks every search to end with the best that it has; safe from any thread.
    public func stop() { stopped.store(true, ordering: .relaxed) }

    /// Whether searches are to end; looks at the clock.
    public var isOver: Bool {
        if stopped.load(ordering: .relaxed) { return true }
        guard let deadline, ContinuousClock.now >= deadline else { return false }
        stopped.store(true, ordering: .relaxed)
        return true
    }
}
