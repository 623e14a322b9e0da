/// What the program really did when it was executed.
public struct Truth: Sendable, Hashable {
    /// What it printed.
    public var stdout: String
    /// What it printed to its error stream.
    public var stderr: String
    /// Its exit status.
    public var exitCode: Int32
    /// The error it ended with; nil when it ended well.
    public var failure: Failure?

    /// Makes a truth.
    public init(stdout: String, stderr: String = "", exitCode: Int32 = 0, failure: Failure? = nil) {
        self.stdout = stdout
        self.stderr = stderr
        self.exitCode = exitCode
        self.failure = failure
    }

    /// Whether the program failed.
    public var isFailure: Bool { failure != nil || exitCode != 0 }
}
