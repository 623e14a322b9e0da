/// A mounted cgroup hierarchy.
struct CgroupMount: Sendable, Hashable {
    /// 1 or 2.
    var version: Int
    /// Where it is mounted.
    var point: String
    /// The group that is shown at the mount point.
    var root: String
    /// The controllers of a version 1 hierarchy.
    var controllers: [String]

    /// Every cgroup mount of this process.
    static func all() -> [CgroupMount] {
        TextFile.read("/proc/self/mountinfo").split(separator: "\n").compactMap(parse)
    }

    /// Reads one line of mountinfo.
    ///
    /// `36 35 98:0 /root /point options - type source super-options`; proc_pid_mountinfo(5).
    static func parse(_ line: Substring) -> CgroupMount? {
        let fields = line.split(separator: " ")
        guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 3 else { return nil }
        let version: Int
        switch fields[dash + 1] {
        case "cgroup": version = 1
        case "cgroup2": version = 2
        default: return nil
        }
        let controllers = version == 1 ? fields[dash + 3].split(separator: ",").map(String.init) : []
        return CgroupMount(
            version: version, point: String(fields[4]), root: String(fields[3]), controllers: controllers)
    }

    /// The folder of a group given by its path in the hierarchy.
    func folder(of path: String) -> String {
        var inside = path
        if root != "/", inside == root || inside.hasPrefix(root + "/") { inside = String(inside.dropFirst(root.count)) }
        return inside == "/" || inside.isEmpty ? point : point + inside
    }
}

/// The group that this process is in, in one hierarchy.
struct CgroupMembership: Sendable, Hashable {
    /// The controllers; empty for version 2.
    var controllers: [String]
    /// The group's path.
    var path: String

    /// Every membership of this process.
    static func own() -> [CgroupMembership] {
        TextFile.read("/proc/self/cgroup").split(separator: "\n").compactMap(parse)
    }

    /// Reads one line of a process's cgroup file.
    ///
    /// `4:memory:/path` or `0::/path`; cgroups(7).
    static func parse(_ line: Substring) -> CgroupMembership? {
        let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3 else { return nil }
        return CgroupMembership(
            controllers: fields[1].split(separator: ",").map(String.init), path: String(fields[2]))
    }
}
