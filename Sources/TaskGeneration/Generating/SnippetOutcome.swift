/// What one snippet came to.
public struct SnippetOutcome: Sendable {
    /// The tasks, in the order of their numbers.
    public var tasks: [GeneratedTask] = []
    /// Why others were not made.
    public var drops: [DropReason] = []
    /// What happened on the way, for the counts of a run.
    public var counts = GenerationCounts()

    /// Makes an outcome without tasks.
    public init(drops: [DropReason] = []) { self.drops = drops }
}
