/// What happened when a program ran once on one input.
public struct ExecutionRecord: Sendable, Hashable {
    /// How the run ended.
    public var verdict: Verdict
    /// What it printed, as far as it was kept.
    public var stdout: [UInt8]
    /// What it printed to its error stream, as far as it was kept.
    public var stderr: [UInt8]
    /// Whether there was more on stdout than was kept.
    public var stdoutTruncated: Bool
    /// Whether there was more on stderr than was kept.
    public var stderrTruncated: Bool
    /// Its exit status, when it exited.
    public var exitCode: Int32?
    /// The signal that ended it, when one did.
    public var signal: Int32?
    /// The error that its stderr tells of, when it failed with one.
    public var failure: Failure?
    /// What it used.
    public var usage: Usage

    /// Makes a record.
    public init(
        verdict: Verdict, stdout: [UInt8] = [], stderr: [UInt8] = [], stdoutTruncated: Bool = false,
        stderrTruncated: Bool = false, exitCode: Int32? = nil, signal: Int32? = nil, failure: Failure? = nil,
        usage: Usage = .none
    ) {
        self.verdict = verdict
        self.stdout = stdout
        self.stderr = stderr
        self.stdoutTruncated = stdoutTruncated
        self.stderrTruncated = stderrTruncated
        self.exitCode = exitCode
        self.signal = signal
        self.failure = failure
        self.usage = usage
    }

    /// What it printed as text; bytes that are not UTF-8 become replacement characters.
    public var stdoutText: String { String(decoding: stdout, as: UTF8.self) }

    /// What it printed to its error stream as text; bytes that are not UTF-8 become replacement characters.
    public var stderrText: String { String(decoding: stderr, as: UTF8.self) }
}
