/// What happened when a program was compiled.
public struct CompileRecord: Sendable, Hashable {
    /// `accepted`, or why there is no artefact.
    public var verdict: Verdict
    /// Whether the artefact was found instead of made.
    public var cached: Bool
    /// Time by the clock.
    public var wallTime: Duration
    /// What the compiler printed.
    public var stdout: [UInt8]
    /// What the compiler printed to its error stream.
    public var stderr: [UInt8]
    /// What there is to say of an end that the compiler itself said nothing of, in our words; else empty.
    public var remark = ""

    /// Makes a record.
    public init(
        verdict: Verdict, cached: Bool = false, wallTime: Duration = .zero, stdout: [UInt8] = [], stderr: [UInt8] = []
    ) {
        self.verdict = verdict
        self.cached = cached
        self.wallTime = wallTime
        self.stdout = stdout
        self.stderr = stderr
    }

    /// Everything that a person should read when there is no artefact.
    public var complaint: [UInt8] { stdout + stderr + Array(remark.utf8) }
}
