import Tasks

/// One run of one program; equal requests are answered by one run.
struct RunRequest: Sendable, Hashable {
    var program: SourceProgram
    var input: ProgramInput
    var limits: TaskLimits?
    var mode = ExecutionPlan.Mode.program
    var surroundings = Surroundings.usual
}
