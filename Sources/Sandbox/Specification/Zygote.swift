/// An interpreter that waits in a slot with its modules loaded and forks runs instead of being executed for each.
///
/// It is the interpreter itself, started once with the library `retort-zygote` preloaded, whose `fork()` returns in the
/// child of each run; docs/zygotes.md has the protocol. A run that cannot be had from a zygote is executed: what it
/// gives is the same.
public struct Zygote: Sendable, Hashable {
    /// A name for reports.
    public var name: String
    /// The argument vector it is started with; the first is an absolute path.
    public var arguments: [String]
    /// Its whole environment; a run gets the command's.
    public var environment: [String: String]
    /// Files that lie in the working folder while it starts, executable, and are gone when it is ready.
    public var files: [String: [UInt8]]
    /// Bytes of memory that it may use to get ready.
    public var memory: Int
    /// How long it may take to get ready.
    public var patience: Duration

    /// Creates a zygote.
    public init(
        name: String, arguments: [String], environment: [String: String], files: [String: [UInt8]],
        memory: Int = 512 << 20, patience: Duration = .seconds(15)
    ) {
        self.name = name
        self.arguments = arguments
        self.environment = environment
        self.files = files
        self.memory = memory
        self.patience = patience
    }

    /// Hashes what tells zygotes apart at a glance: every run looks its zygote up, and the files are long.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(arguments)
    }
}
