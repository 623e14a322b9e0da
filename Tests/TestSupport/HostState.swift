import Glibc

/// What a run could leave on the host: descriptors of this process, processes, mounts, control groups, files, memory.
public struct HostState: Sendable {
    /// Descriptors of this process, with what they are open on.
    public var descriptors: Set<String>
    /// Processes below this one.
    public var processes: Set<ProcessTable.Process>
    /// Processes anywhere that carry the mark in their environment.
    public var marked: [ProcessTable.Process]
    /// Lines of the mount table.
    public var mounts: Set<String>
    /// Control groups that this process made.
    public var controlGroups: Set<String>
    /// Files with the attacks' telling name in the places that anybody may write.
    public var litter: Set<String>
    /// Resident bytes of this process.
    public var residentMemory: Int
    /// Resident bytes of all processes below this one.
    public var residentMemoryBelow: Int
    /// Bytes of memory file systems and shared segments on the whole host.
    public var sharedMemory: Int

    /// Looks at the host; `mark` is a `NAME=VALUE` that every run has in its environment.
    public static func observe(mark: String) -> HostState {
        let table = ProcessTable.observe()
        let below = table.descendants(of: getpid())
        return HostState(
            descriptors: openDescriptors(),
            processes: Set(below),
            marked: table.withEnvironment(mark),
            mounts: Set((HostFile.text("/proc/self/mountinfo") ?? "").split(separator: "\n").map(String.init)),
            controlGroups: ownControlGroups(),
            litter: Set(["/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run"].flatMap { litter(in: $0, depth: 7) }),
            residentMemory: residentMemory(of: getpid()),
            residentMemoryBelow: below.reduce(0) { $0 + residentMemory(of: $1.id) },
            sharedMemory: kilobytes("Shmem:", in: "/proc/meminfo") << 10
        )
    }

    /// What is here and was not there before, one sentence each.
    ///
    /// - Parameter slack: Bytes by which memory may have grown.
    public func growth(since before: HostState, slack: Int) -> [String] {
        var found: [String] = []
        // A slot that was made anew has other sockets than before; what counts is that there are no more.
        if descriptors.count > before.descriptors.count {
            found += descriptors.subtracting(before.descriptors).sorted().map { "an open descriptor: \($0)" }
        }
        let renewed = slotsMadeAnew(since: before)
        let known = Set(before.processes.map(\.id))
        found += processes.filter { !known.contains($0.id) && !renewed.contains($0.id) && !renewed.contains($0.parent) }
            .map { "a process: \($0)" }
        found += marked.map { "a process with the mark of the run: \($0)" }
        found += mounts.subtracting(before.mounts).sorted().map { "a mount: \($0)" }
        if renewed.isEmpty || controlGroups.count > before.controlGroups.count {
            found += controlGroups.subtracting(before.controlGroups).sorted().map { "a control group: \($0)" }
        }
        found += litter.subtracting(before.litter).sorted().map { "a file: \($0)" }
        for (name, now, then) in [
            ("resident memory", residentMemory, before.residentMemory),
            ("resident memory of the launchers", residentMemoryBelow, before.residentMemoryBelow),
            ("shared memory of the host", sharedMemory, before.sharedMemory),
        ] where now - then > slack {
            found.append("\(name): \((now - then) >> 10) KiB more")
        }
        return found
    }

    /// The launchers that took the place of others; none when there are more of them than before.
    ///
    /// A slot is made anew when the kernel chooses its zygote for an attack's hunger. Its processes and groups are then
    /// new, and no leak; any other new process is one.
    private func slotsMadeAnew(since before: HostState) -> Set<Int32> {
        func launchers(_ state: HostState) -> Set<Int32> {
            Set(state.processes.filter { $0.parent == getpid() }.map(\.id))
        }
        let now = launchers(self)
        let then = launchers(before)
        return now.count > then.count ? [] : now.subtracting(then)
    }

    // MARK: - Looking

    private static func openDescriptors() -> Set<String> {
        // The descriptor of the look itself is gone again when its target is read.
        Set(
            HostFile.names("/proc/self/fd").compactMap { name in
                HostFile.target("/proc/self/fd/\(name)").map { "\(name) -> \($0)" }
            })
    }

    private static func ownControlGroups() -> Set<String> {
        let roots = HostFile.names("/sys/fs/cgroup").map { "/sys/fs/cgroup/\($0)" }
        return Set(roots.filter(HostFile.isFolder).flatMap { controlGroups(in: $0, depth: 6) })
    }

    /// Groups of the sandbox bear its name and the number of the process that made them.
    private static func controlGroups(in folder: String, depth: Int) -> [String] {
        guard depth > 0 else { return [] }
        return HostFile.names(folder).map { "\(folder)/\($0)" }.filter(HostFile.isFolder).flatMap { path in
            (path.contains("retort") && path.contains("\(getpid())") ? [path] : [])
                + controlGroups(in: path, depth: depth - 1)
        }
    }

    private static func litter(in folder: String, depth: Int) -> [String] {
        guard depth > 0 else { return [] }
        var found: [String] = []
        for name in HostFile.names(folder) where !name.hasPrefix(".build") && name != ".git" {
            let path = "\(folder)/\(name)"
            if name.hasPrefix("litter") {
                found.append(path)
            } else if HostFile.isFolder(path) {
                found += litter(in: path, depth: depth - 1)
            }
        }
        return found
    }

    private static func residentMemory(of process: Int32) -> Int {
        kilobytes("VmRSS:", in: "/proc/\(process)/status") << 10
    }

    private static func kilobytes(_ key: String, in path: String) -> Int {
        let line = (HostFile.text(path) ?? "").split(separator: "\n").first { $0.hasPrefix(key) }
        return line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0
    }
}
