import CSandbox

/// What runs must have in common to be forked from one zygote.
struct ZygoteKey: Sendable, Hashable {
    var zygote: Zygote
    /// Bytes; how an address space is laid out depends on it, so it must be the run's when the zygote is executed.
    var stack: Int
    /// Below the working folder; an interpreter may remember where it was started.
    var folder: String

    /// The zygote that a command can be forked from; nil when it must be executed.
    init?(_ command: SandboxCommand, level: IsolationLevel) {
        // Without namespaces a zygote could be reached by its runs. Two processes are alive while a run is forked.
        guard let zygote = command.zygote, level != .landlock, command.limits.processes >= 2,
            command.workingDirectory.utf8.count < Self.longestFolder
        else { return nil }
        self.zygote = zygote
        stack = command.limits.stack
        folder = command.workingDirectory
    }

    /// What starts it.
    func command(library: [UInt8], view: FileSystemView, disk: Int) -> SandboxCommand {
        var environment = zygote.environment
        environment["LD_PRELOAD"] = "/box/\(Self.library)"
        environment["RETORT_ZYGOTE"] = "1"
        let place = folder.isEmpty ? "" : folder + "/"
        let files = zygote.files.sorted { $0.key < $1.key }
            .map { InputFile(path: place + $0.key, content: .bytes($0.value), isExecutable: true) }
        return SandboxCommand(
            arguments: zygote.arguments,
            environment: environment,
            inputFiles: files + [InputFile(path: Self.library, content: .bytes(library))],
            limits: ResourceLimits(
                cpuTime: .seconds(30), wallTime: zygote.patience, memory: zygote.memory, disk: disk, stack: stack),
            view: view, workingDirectory: folder)
    }

    private static let longestFolder = Int(CSANDBOX_ZYGOTE_MAX_FOLDER) - "/box/".utf8.count
    private static let library = ".retort-zygote.so"
}
