/// One program that a person wants to run.
public struct RunRequest: Sendable {
    /// The program.
    public var source: ProgramFile
    /// Its language by name or alias; nil means the one that its extension tells.
    public var language: String?
    /// What it reads on standard input.
    public var standardInput: [UInt8]
    /// Its arguments.
    public var arguments: [String]
    /// CPU time and wall time; nil means the language's own limits.
    public var timeLimit: Duration?
    /// Bytes of memory; nil means the language's own limit.
    public var memoryLimit: Int?

    /// Creates a request.
    public init(
        source: ProgramFile,
        language: String? = nil,
        standardInput: [UInt8] = [],
        arguments: [String] = [],
        timeLimit: Duration? = nil,
        memoryLimit: Int? = nil
    ) {
        self.source = source
        self.language = language
        self.standardInput = standardInput
        self.arguments = arguments
        self.timeLimit = timeLimit
        self.memoryLimit = memoryLimit
    }
}
