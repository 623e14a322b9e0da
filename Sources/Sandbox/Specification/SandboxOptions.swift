/// How a sandbox is set up.
public struct SandboxOptions: Sendable {
    /// The greatest number of runs at once; nil means one a core.
    public var slots: Int?
    /// The weakest level that is acceptable; a host that offers less is an error, not a weaker run.
    public var require: IsolationLevel?
    /// The strongest level to use, for trying the weaker ones on a strong host.
    public var strongest: IsolationLevel
    /// How many runs that ask for a zygote are executed before one is started for them.
    public var runsBeforeZygote: Int
    /// The path of `sandbox-launcher`; nil means beside the running program.
    public var launcherPath: String?

    /// Creates options.
    public init(
        slots: Int? = nil,
        require: IsolationLevel? = nil,
        strongest: IsolationLevel = .full,
        runsBeforeZygote: Int = 4,
        launcherPath: String? = nil
    ) {
        self.slots = slots
        self.require = require
        self.strongest = strongest
        self.runsBeforeZygote = runsBeforeZygote
        self.launcherPath = launcherPath
    }
}
