/// Who is told how a run goes; called on the output's thread, in the order of the input.
public struct GenerationObserver: Sendable {
    /// Told what is wrong with an entry of the input, place included.
    public var problem: @Sendable (String) -> Void
    /// Told the sums after each snippet.
    public var progress: @Sendable (GenerationStatistics) -> Void

    /// Creates an observer; what is not given is not told.
    public init(
        problem: @escaping @Sendable (String) -> Void = { _ in },
        progress: @escaping @Sendable (GenerationStatistics) -> Void = { _ in }
    ) {
        self.problem = problem
        self.progress = progress
    }
}
