public import Tasks

/// What is made of snippets, and by which chances.
public struct GenerationOptions: Sendable, Hashable {
    /// Where all chances start.
    public var seed: UInt64 = 0
    /// The round; another one gives other tasks of the same snippets.
    public var epoch: UInt64 = 0
    /// How many tasks are drawn of one snippet.
    public var tasksPerSnippet = 1
    /// How often each kind of task is drawn.
    public var mix: [TaskKind: Double] = [.forward: 0.75, .backward: 0.25]
    /// The most lines that are masked.
    public var maskedLines = 2
    /// The most inputs that a backward or repair task keeps hidden.
    public var hiddenInputs = 2
    /// What happens to the program and its input before it is run.
    public var augmentation = AugmentationOptions()
    /// What a snippet may be.
    public var screening = ScreeningLimits()
    /// What a truth may be.
    public var truth = TruthPolicy()
    /// The most characters of a prompt, or tokens where a tokenizer is given; nil takes what is usual for the unit.
    public var promptLength: Int?

    /// Makes the usual options.
    public init() {}
}
