/// What one run may use; each limit states its unit and what reaching it does.
public struct ResourceLimits: Sendable, Hashable {
    /// CPU time of all processes of the run together; reaching it ends the run.
    public var cpuTime: Duration
    /// Time on the wall clock; reaching it ends the run.
    public var wallTime: Duration
    /// Bytes of memory of all processes together, swap included; exceeding it ends the run.
    public var memory: Int
    /// Processes and threads alive at once; a fork beyond it fails.
    public var processes: Int
    /// Bytes on standard output, and as many on standard error; exceeding it ends the run.
    public var output: Int
    /// Bytes of the largest file that may be written; a write beyond it raises SIGXFSZ.
    public var fileSize: Int
    /// Bytes of all files written together; a write beyond it fails with ENOSPC.
    public var disk: Int
    /// Descriptors open at once in a process.
    public var openFiles: Int
    /// Bytes of the main thread's stack.
    public var stack: Int

    /// Creates limits; each that is not named has its standard value.
    public init(
        cpuTime: Duration = .seconds(5),
        wallTime: Duration = .seconds(15),
        memory: Int = 512 << 20,
        processes: Int = 64,
        output: Int = 16 << 20,
        fileSize: Int = 64 << 20,
        disk: Int = 256 << 20,
        openFiles: Int = 256,
        stack: Int = 64 << 20
    ) {
        self.cpuTime = cpuTime
        self.wallTime = wallTime
        self.memory = memory
        self.processes = processes
        self.output = output
        self.fileSize = fileSize
        self.disk = disk
        self.openFiles = openFiles
        self.stack = stack
    }

    /// 5 s of CPU, 15 s on the wall, 512 MiB, 64 processes, 16 MiB of output a stream.
    public static let standard = ResourceLimits()
}
