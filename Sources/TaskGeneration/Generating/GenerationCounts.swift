/// How often things happened while tasks were made.
public struct GenerationCounts: Sendable, Hashable {
    /// Edits that were made, by kind.
    public var edits: [EditKind: Int] = [:]
    /// Programs that had a place for an edit, by kind.
    public var chances: [EditKind: Int] = [:]
    /// Edits that were to preserve what a program does, and did not.
    public var notPreserving = 0
    /// Edits after which a program did not run, so that it stood as it was.
    public var undone = 0
    /// Masks that made no difference.
    public var idleMasks = 0
    /// Executions of programs.
    public var runs = 0

    /// Makes counts of nothing.
    public init() {}

    /// Adds other counts.
    public mutating func add(_ other: GenerationCounts) {
        edits.merge(other.edits, uniquingKeysWith: +)
        chances.merge(other.chances, uniquingKeysWith: +)
        notPreserving += other.notPreserving
        undone += other.undone
        idleMasks += other.idleMasks
        runs += other.runs
    }
}
