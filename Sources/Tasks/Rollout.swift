/// One completion with the task that it answers.
public struct Rollout: Sendable, Hashable {
    /// The rollout's name.
    public var id: String
    /// The task.
    public var task: CodeTask
    /// The answer.
    public var completion: Completion

    /// Makes a rollout.
    public init(id: String, task: CodeTask, completion: Completion) {
        self.id = id
        self.task = task
        self.completion = completion
    }
}
