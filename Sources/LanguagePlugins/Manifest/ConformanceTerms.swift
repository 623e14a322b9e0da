public import Tasks

/// What a manifest says about the conformance run of its language.
public struct ConformanceTerms: Sendable, Hashable {
    /// The checks that do not apply to the language, each with the reason.
    public var without: [ConformanceCheck: String] = [:]
    /// What must be read from the stderr of the example `runtime-error`; a message need only be part of what is read.
    public var runtimeError: Failure?
    /// The same for the example that is no program.
    public var rejection: Failure?
    /// The verdict on recursion without end; nil where it depends on the host which limit is met first.
    public var deepRecursion: Verdict?

    /// Makes terms that promise what every language does.
    public init() {}
}
