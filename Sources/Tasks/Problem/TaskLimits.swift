/// What a program of one task may use; what is nil is left to the language's own limits.
public struct TaskLimits: Sendable, Hashable {
    /// CPU time of all its processes.
    public var cpuTime: Duration?
    /// Time by the clock.
    public var wallTime: Duration?
    /// Memory, in bytes.
    public var memory: Int?
    /// Bytes on each of stdout and stderr.
    public var output: Int?
    /// Processes and threads at one time.
    public var processes: Int?

    /// Makes limits.
    public init(
        cpuTime: Duration? = nil, wallTime: Duration? = nil, memory: Int? = nil, output: Int? = nil,
        processes: Int? = nil
    ) {
        self.cpuTime = cpuTime
        self.wallTime = wallTime
        self.memory = memory
        self.output = output
        self.processes = processes
    }
}
