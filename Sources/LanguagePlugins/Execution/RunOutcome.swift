import Tasks

/// What one run of one program came to.
struct RunOutcome: Sendable {
    /// How its program was compiled; nil for a language that needs no compiling.
    var compile: CompileRecord?
    /// The run; nil when the program does not compile.
    var record: ExecutionRecord?
    /// Time spent waiting for slots.
    var queueTime: Duration
}
