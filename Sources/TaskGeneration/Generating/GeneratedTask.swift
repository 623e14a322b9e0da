public import Tasks

/// A task with its prompt and with how it came about.
public struct GeneratedTask: Sendable {
    /// The task.
    public var task: CodeTask
    /// The prompt.
    public var prompt: [PromptMessage]
    /// The snippet that it was made of.
    public var snippetID: String
    /// Its number among the tasks drawn of its snippet.
    public var index: Int
    /// The kinds of edits that were made.
    public var edits: [EditKind]
    /// How the program is given its input.
    public var form: ExecutionForm
}
