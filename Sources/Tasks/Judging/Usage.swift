/// What one run used.
public struct Usage: Sendable, Hashable {
    /// CPU time of all its processes.
    public var cpuTime: Duration
    /// Time by the clock.
    public var wallTime: Duration
    /// The most memory at one time, in bytes.
    public var peakMemory: Int
    /// The most processes at one time.
    public var processes: Int

    /// Makes a usage.
    public init(cpuTime: Duration, wallTime: Duration, peakMemory: Int, processes: Int) {
        self.cpuTime = cpuTime
        self.wallTime = wallTime
        self.peakMemory = peakMemory
        self.processes = processes
    }

    /// Nothing used.
    public static let none = Usage(cpuTime: .zero, wallTime: .zero, peakMemory: 0, processes: 0)
}
