public import Tasks

/// What a program did on one input, seen once or twice.
public struct ProgramObservation: Sendable, Hashable {
    /// How it was compiled; nil for a language that needs no compiling.
    public var compile: CompileRecord?
    /// The error that the compiler told of, when it refused the program.
    public var compileFailure: Failure?
    /// The run in the usual surroundings; nil when it did not compile.
    public var usual: ExecutionRecord?
    /// The run in other surroundings; nil when it was not asked for.
    public var other: ExecutionRecord?

    /// The verdict on the usual run, or on the compilation.
    public var verdict: Verdict { usual?.verdict ?? .compileError }
}
