import Tasks

/// One run of one program.
struct RunRequest: Sendable {
    var program: SourceProgram
    var input: ProgramInput
    var limits: TaskLimits?
    var mode = ExecutionPlan.Mode.program
}
