/// Who is told how a run goes on.
public struct TrainingObserver: Sendable {
    /// Told what a person should read.
    public var note: @Sendable (String) -> Void
    /// Told how far the run is, in a line.
    public var progress: @Sendable (String) -> Void

    /// Makes an observer.
    public init(
        note: @escaping @Sendable (String) -> Void = { _ in }, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.note = note
        self.progress = progress
    }
}
