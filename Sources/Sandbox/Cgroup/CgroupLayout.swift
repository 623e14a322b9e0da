import Glibc

/// Where the control groups of this process are, and which version has the controllers.
///
/// Reference: cgroups(7); systems mount version 1, version 2, or both with the controllers on either.
struct CgroupLayout: Sendable, Hashable {
    /// 1 or 2.
    var version: Int
    /// The folders in which a slot's groups are made: memory, pids and cpuacct for version 1, one for version 2.
    var parents: [String]

    /// Why there is no usable layout, for a person.
    struct Missing: Error, Sendable {
        var reason: String
        var remedy: String
    }

    /// Looks for folders in which this process may make groups with the controllers that a slot needs.
    static func find() throws(Missing) -> CgroupLayout {
        let mounts = CgroupMount.all()
        let memberships = CgroupMembership.own()
        if let layout = version2(mounts, memberships) { return layout }
        if let layout = version1(mounts, memberships) { return layout }
        if mounts.isEmpty {
            throw Missing(
                reason: "no cgroup file system is mounted",
                remedy: "mount cgroup2 on /sys/fs/cgroup, or run on a host that does")
        }
        throw Missing(
            reason: "no group with memory and pids controllers may be written",
            remedy: "run as root, or in a delegated unit: systemd-run --user --scope -p Delegate=yes COMMAND")
    }

    /// The nearest group above this process whose children have the controllers and in which a group can be made.
    private static func version2(_ mounts: [CgroupMount], _ memberships: [CgroupMembership]) -> CgroupLayout? {
        guard let mount = mounts.first(where: { $0.version == 2 }),
            let own = memberships.first(where: { $0.controllers.isEmpty })
        else { return nil }
        var path = own.path
        while true {
            let folder = mount.folder(of: path)
            let given = TextFile.read(folder + "/cgroup.subtree_control").split(whereSeparator: \.isWhitespace)
            if given.contains("memory"), given.contains("pids"), access(folder, W_OK) == 0,
                access(folder + "/cgroup.procs", W_OK) == 0
            {
                return CgroupLayout(version: 2, parents: [folder])
            }
            guard let slash = path.lastIndex(of: "/"), path != "/" else { return nil }
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
    }

    private static func version1(_ mounts: [CgroupMount], _ memberships: [CgroupMembership]) -> CgroupLayout? {
        var parents: [String] = []
        for controller in ["memory", "pids", "cpuacct"] {
            guard let mount = mounts.first(where: { $0.version == 1 && $0.controllers.contains(controller) }),
                let own = memberships.first(where: { $0.controllers.contains(controller) })
            else { return nil }
            let folder = mount.folder(of: own.path)
            guard access(folder, W_OK) == 0 else { return nil }
            parents.append(folder)
        }
        return CgroupLayout(version: 1, parents: parents)
    }

    /// The paths of a slot's groups.
    func paths(of name: String) -> [String] { parents.map { "\($0)/\(name)" } }

    /// Removes the groups that engines which are gone have left behind.
    func sweep() {
        for parent in parents {
            for name in Folder.names(parent) where StaleName.isStale(name) {
                for leaf in ["run", "launcher"] { rmdir("\(parent)/\(name)/\(leaf)") }
                rmdir("\(parent)/\(name)")
            }
        }
    }
}
