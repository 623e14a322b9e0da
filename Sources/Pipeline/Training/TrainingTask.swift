import Tasks

/// A task as a model sees it.
struct TrainingTask: Sendable {
    /// The task.
    let task: CodeTask
    /// The prompt in tokens.
    let prompt: [Int32]
    /// The answer that is known to be right, in tokens, with the one that ends it; nil where there is none.
    let answer: [Int32]?
}
