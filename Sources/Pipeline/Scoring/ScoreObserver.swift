/// Who is told how a run goes; called on the output's thread, in the order of the input.
public struct ScoreObserver: Sendable {
    /// Told what is wrong with an input line, place included.
    public var problem: @Sendable (String) -> Void
    /// Told the sums after each write, of one line or of several.
    public var progress: @Sendable (ScoreStatistics) -> Void

    /// Creates an observer; what is not given is not told.
    public init(
        problem: @escaping @Sendable (String) -> Void = { _ in },
        progress: @escaping @Sendable (ScoreStatistics) -> Void = { _ in }
    ) {
        self.problem = problem
        self.progress = progress
    }
}
