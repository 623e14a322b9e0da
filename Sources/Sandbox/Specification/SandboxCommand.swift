/// One command to run in a box: what to execute, what it is given, and what it may use.
public struct SandboxCommand: Sendable {
    /// The argument vector; the first is an absolute path in the box, or a name looked up in the box's PATH.
    public var arguments: [String]
    /// The whole environment of the command; nothing is inherited from the host.
    public var environment: [String: String]
    /// Bytes fed to standard input through a pipe, which is then closed.
    public var standardInput: [UInt8]
    /// Files put into the working folder before the command starts.
    public var inputFiles: [InputFile]
    /// Paths, relative to the working folder, of the files fetched after the command has ended.
    public var outputFiles: [String]
    /// What the command may use.
    public var limits: ResourceLimits
    /// The host paths that the box shows, read-only.
    public var view: FileSystemView
    /// The folder in which the command starts, relative to the working folder.
    public var workingDirectory: String
    /// What may fork the run instead of executing `arguments`, which the run finds as its own either way.
    public var zygote: Zygote?

    /// Creates a command.
    public init(
        arguments: [String],
        environment: [String: String] = [:],
        standardInput: [UInt8] = [],
        inputFiles: [InputFile] = [],
        outputFiles: [String] = [],
        limits: ResourceLimits = .standard,
        view: FileSystemView = .system,
        workingDirectory: String = "",
        zygote: Zygote? = nil
    ) {
        self.arguments = arguments
        self.environment = environment
        self.standardInput = standardInput
        self.inputFiles = inputFiles
        self.outputFiles = outputFiles
        self.limits = limits
        self.view = view
        self.workingDirectory = workingDirectory
        self.zygote = zygote
    }
}
