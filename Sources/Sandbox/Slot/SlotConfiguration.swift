import CSandbox
import Glibc

/// How the slots of a sandbox are isolated, found once by trying.
struct SlotConfiguration: Sendable {
    /// The level.
    var level: IsolationLevel
    /// Whether the slot has a user namespace; only root can do without.
    var hasUserNamespace: Bool
    /// Where its control groups are, in the full level.
    var cgroups: CgroupLayout?
    /// The filter, compiled once for all slots.
    var filter: SeccompFilter
    /// The folder on the host in which scratch folders are made, in the Landlock level.
    var scratchParent: String

    /// The identity on the host of a slot's runs when the engine is root: nobody's, and no other slot's.
    static func hostUser(_ number: Int) -> UInt32 {
        900_000_000 + UInt32(getpid() % 4_194_304) * 128 + UInt32(number % 128)
    }

    /// The first frame on a launcher's socket.
    ///
    /// csandbox.h has the format.
    func frame(_ key: SlotKey, number: Int) -> [UInt8] {
        let name = StaleName.make(number)
        let strings =
            key.view.mounts.flatMap { [$0.source, $0.target] } + (cgroups?.paths(of: name) ?? [])
            + [level == .landlock ? "\(scratchParent)/\(name)" : ""]
        let text: [UInt8] = strings.flatMap { (string: String) -> [UInt8] in Array(string.utf8) + [0] }
        var flags: UInt32 = 0
        if hasUserNamespace { flags |= UInt32(CSANDBOX_SLOT_USER_NAMESPACE.rawValue) }
        if hasUserNamespace, geteuid() == 0 { flags |= UInt32(CSANDBOX_SLOT_MAP_AS_ROOT.rawValue) }
        var header = csandbox_slot(
            magic: CSANDBOX_MAGIC,
            level: UInt32(
                (level == .landlock ? CSANDBOX_LEVEL_LANDLOCK : CSANDBOX_LEVEL_NAMESPACES).rawValue),
            flags: flags,
            cgroup_version: UInt32(cgroups?.version ?? 0),
            mount_count: UInt32(key.view.mounts.count),
            strings_size: UInt32(text.count),
            filter_length: UInt32(filter.count),
            host_uid: Self.hostUser(number),
            disk_bytes: UInt64(max(4096, key.disk)),
            disk_inodes: UInt64(max(1024, key.disk / 4096))
        )
        var frame: [UInt8] = [UInt8(ascii: "C")]
        withUnsafeBytes(of: &header) { frame.append(contentsOf: $0) }
        return frame + text + filter.instructions
    }
}
