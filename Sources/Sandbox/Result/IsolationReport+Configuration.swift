import Glibc

extension IsolationReport {
    /// Says what a configuration isolates with, and who enforces each limit in it.
    init(_ configuration: SlotConfiguration, hasLandlock: Bool) {
        let namespaces = configuration.level != .landlock
        var layers = configuration.hasUserNamespace ? ["user"] : []
        if namespaces { layers += ["pid", "mount", "net", "ipc", "uts", "cgroup"] }
        layers.append("seccomp")
        if hasLandlock { layers.append("landlock") }
        layers.append("capabilities")
        let hasGroups = configuration.cgroups != nil
        self.init(
            level: configuration.level,
            layers: layers,
            limits: [
                "cpu_time": hasGroups ? "cgroup" : "poll",
                "wall_time": "timer",
                "memory": hasGroups ? "cgroup" : "poll",
                // RLIMIT_NPROC counts all processes of a user: without a namespace or a user of its own it would
                // count strangers, so the run is counted by looking.
                "processes": hasGroups ? "cgroup" : namespaces || geteuid() == 0 ? "rlimit" : "poll",
                "output": "pipe",
                "file_size": "rlimit",
                "disk": namespaces ? "tmpfs" : "none",
                "open_files": "rlimit",
                "stack": "rlimit",
            ])
    }
}
