import Tasks

/// One run of one program; equal requests are answered by one run.
struct RunRequest: Sendable, Hashable {
    var program: SourceProgram
    var input: ProgramInput
    var limits: TaskLimits?
    var mode = ExecutionPlan.Mode.program
    var surroundings = Surroundings.usual

    /// Hashes what most requests differ in, and whole blocks of bytes at once; equality looks at everything.
    func hash(into hasher: inout Hasher) {
        program.source.withUnsafeBytes { hasher.combine(bytes: $0) }
        input.stdin.withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(input.arguments)
        hasher.combine(input.call)
        hasher.combine(mode)
    }
}
