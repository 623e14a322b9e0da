/// What a run used.
public struct ResourceUsage: Sendable, Hashable {
    /// CPU time of all processes together.
    public var cpuTime: Duration
    /// Time from the start of the command to the death of its last process.
    public var wallTime: Duration
    /// Time the run waited for a slot.
    public var queueTime: Duration
    /// The most memory in use at once, in bytes.
    public var peakMemory: Int
    /// The most processes and threads alive at once, or the number started where the host does not say.
    public var processes: Int
    /// How often a fork was refused for the process limit.
    public var processLimitHits: Int
    /// Other runs of the same sandbox that were under way in the meantime; 0 when the run was alone.
    public var companions: Int

    /// Creates a usage.
    public init(
        cpuTime: Duration = .zero,
        wallTime: Duration = .zero,
        queueTime: Duration = .zero,
        peakMemory: Int = 0,
        processes: Int = 0,
        processLimitHits: Int = 0,
        companions: Int = 0
    ) {
        self.cpuTime = cpuTime
        self.wallTime = wallTime
        self.queueTime = queueTime
        self.peakMemory = peakMemory
        self.processes = processes
        self.processLimitHits = processLimitHits
        self.companions = companions
    }
}
