import Tasks

/// What one run of one program came to.
struct RunOutcome: Sendable {
    /// How its program was compiled; nil for a language that needs no compiling.
    var compile: CompileRecord?
    /// The run; nil when the program does not compile.
    var record: ExecutionRecord?
    /// Time spent executing on behalf of this request; none when it was answered by another's run.
    var executionTime: Duration
    /// Time spent waiting for slots.
    var queueTime: Duration
}

extension [RunOutcome] {
    /// The compilation that says most of several that belong together: one that failed, or else the one that was made
    /// rather than found.
    var compile: CompileRecord? {
        let records = lazy.compactMap(\.compile)
        return records.first { $0.verdict != .accepted } ?? records.first { !$0.cached } ?? records.first
    }
}
