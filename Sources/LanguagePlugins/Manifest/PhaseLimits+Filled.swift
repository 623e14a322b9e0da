import Sandbox

extension PhaseLimits {
    /// Every limit by the name that a manifest gives it, with the sandbox's standard where the manifest says nothing.
    public var filled: [(name: String, value: Int)] {
        let limits = resolved(nil, needs: .none)
        return [
            ("cpu_seconds", Int(limits.cpuTime / .seconds(1))), ("wall_seconds", Int(limits.wallTime / .seconds(1))),
            ("memory_mb", limits.memory >> 20), ("processes", limits.processes), ("output_kb", limits.output >> 10),
            ("file_mb", limits.fileSize >> 20), ("open_files", limits.openFiles), ("stack_mb", limits.stack >> 20),
        ]
    }
}
