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
                "cpu_time": hasGroups ? "cgroup" : "rlimit",
                "wall_time": "timer",
                "memory": hasGroups ? "cgroup" : "rlimit",
                // RLIMIT_NPROC counts all processes of a user: without a namespace or a user of its own it would
                // count strangers.
                "processes": hasGroups ? "cgroup" : namespaces ? "rlimit" : "none",
                "output": "pipe",
                "file_size": "rlimit",
                "disk": namespaces ? "tmpfs" : "none",
                "open_files": "rlimit",
                "stack": "rlimit",
            ])
    }
}
