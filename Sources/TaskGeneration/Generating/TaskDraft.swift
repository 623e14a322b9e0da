import Tasks

/// A task before it has a name and a prompt.
struct TaskDraft: Sendable {
    var task: CodeTask
    var form: ExecutionForm
    var edits: [EditKind]
    /// The input that the prompt shows.
    var input: ProgramInput
}
