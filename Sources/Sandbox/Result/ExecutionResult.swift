/// What one run did; every field is a fact about the program, none an opinion.
public struct ExecutionResult: Sendable {
    /// How it ended.
    public var termination: Termination
    /// What it wrote to standard output.
    public var stdout: CapturedOutput
    /// What it wrote to standard error.
    public var stderr: CapturedOutput
    /// What it used.
    public var usage: ResourceUsage
    /// The output files that were there, regular, and within the file size limit, by the path asked for.
    public var outputFiles: [String: FetchedFile]
    /// What isolated it.
    public var isolation: IsolationReport
    /// Whether a zygote forked it; else it was executed.
    public var isForked = false

    /// Creates a result.
    public init(
        termination: Termination,
        stdout: CapturedOutput,
        stderr: CapturedOutput,
        usage: ResourceUsage,
        outputFiles: [String: FetchedFile],
        isolation: IsolationReport
    ) {
        self.termination = termination
        self.stdout = stdout
        self.stderr = stderr
        self.usage = usage
        self.outputFiles = outputFiles
        self.isolation = isolation
    }
}
