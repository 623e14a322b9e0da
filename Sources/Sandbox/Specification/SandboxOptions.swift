/// How a sandbox is set up.
public struct SandboxOptions: Sendable {
    /// The greatest number of runs at once; nil means one a core.
    public var slots: Int?
    /// The weakest level that is acceptable; a host that offers less is an error, not a weaker run.
    public var require: IsolationLevel?
    /// The strongest level to use, for trying the weaker ones on a strong host.
    public var strongest: IsolationLevel
    /// The path of `sandbox-launcher`; nil means beside the running program.
    public var launcherPath: String?

    /// Creates options.
    public init(
        slots: Int? = nil,
        require: IsolationLevel? = nil,
        strongest: IsolationLevel = .full,
        launcherPath: String? = nil
    ) {
        self.slots = slots
        self.require = require
        self.strongest = strongest
        self.launcherPath = launcherPath
    }
}
