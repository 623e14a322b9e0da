import Sandbox
import Tasks

/// The limits that a manifest sets for a phase; what is nil has the sandbox's standard value.
public struct PhaseLimits: Sendable, Hashable {
    /// CPU time in seconds.
    public var cpuSeconds: Int?
    /// Time on the wall clock in seconds.
    public var wallSeconds: Int?
    /// Memory in MB.
    public var memoryMB: Int?
    /// Processes and threads.
    public var processes: Int?
    /// Output of each stream in KB.
    public var outputKB: Int?
    /// The largest file in MB.
    public var fileMB: Int?
    /// Open files.
    public var openFiles: Int?
    /// The stack in MB.
    public var stackMB: Int?

    /// The limits of one run: the manifest's, or the sandbox's, with the task's in their place and room for the
    /// runtime.
    func resolved(_ asked: TaskLimits?, needs: RuntimeNeeds) -> ResourceLimits {
        var limits = ResourceLimits.standard
        if let cpuSeconds { limits.cpuTime = .seconds(cpuSeconds) }
        if let wallSeconds { limits.wallTime = .seconds(wallSeconds) }
        if let memoryMB { limits.memory = memoryMB << 20 }
        if let processes { limits.processes = processes }
        if let outputKB { limits.output = outputKB << 10 }
        if let fileMB { limits.fileSize = fileMB << 20 }
        if let openFiles { limits.openFiles = openFiles }
        if let stackMB { limits.stack = stackMB << 20 }
        if let cpuTime = asked?.cpuTime {
            limits.cpuTime = cpuTime
            // Time on the wall is there to stop sleepers; on a loaded host it must not stop those who work.
            limits.wallTime = max(limits.wallTime, cpuTime * 3 + .seconds(5))
        }
        if let wallTime = asked?.wallTime { limits.wallTime = wallTime }
        if let memory = asked?.memory { limits.memory = memory }
        if let output = asked?.output { limits.output = output }
        if let processes = asked?.processes { limits.processes = processes }
        limits.processes += needs.threads
        return limits
    }
}
