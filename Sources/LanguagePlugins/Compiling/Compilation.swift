import Tasks

/// What compiling a program came to.
struct Compilation: Sendable {
    /// What happened; nil for a language that needs no compiling.
    var record: CompileRecord?
    /// What is run; nil for a language that needs no compiling, and for a program that does not compile.
    var artifact: [UInt8]?
    /// Time spent waiting for a slot.
    var queueTime: Duration

    /// Whether there is something to run.
    var isRunnable: Bool { record.map { $0.verdict == .accepted } ?? true }
}
