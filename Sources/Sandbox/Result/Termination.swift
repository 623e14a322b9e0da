/// How a run ended.
public enum Termination: Sendable, Hashable {
    /// The command ended by itself with this code.
    case exited(Int32)
    /// A signal that was not the sandbox's ended the command.
    case signaled(Int32)
    /// The sandbox ended the run at this limit.
    case limitExceeded(Limit)
}

/// A limit that ends a run.
public enum Limit: String, Sendable, Hashable, CaseIterable {
    /// CPU time of all processes together.
    case cpuTime = "cpu_time"
    /// Time on the wall clock.
    case wallTime = "wall_time"
    /// Memory of all processes together.
    case memory
    /// Bytes on standard output or standard error.
    case output
    /// Bytes of one file.
    case fileSize = "file_size"
}
