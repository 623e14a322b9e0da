public import Sandbox
public import Tasks

/// What one program did on its inputs.
public struct ProgramReport: Sendable {
    /// The name of its language.
    public var language: String
    /// How it was compiled; nil for a language that needs no compiling.
    public var compile: CompileRecord?
    /// The runs in the order of the inputs; none when it did not compile, and none after the first failure when that
    /// was to stop them.
    public var runs: [ExecutionRecord]
    /// What isolated the runs.
    public var isolation: IsolationReport
    /// Time spent waiting for slots.
    public var queueTime: Duration
}
