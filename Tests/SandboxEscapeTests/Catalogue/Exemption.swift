import Glibc
import Sandbox

/// Why a level does not hold an attack, or cannot run a harmless program; each is something that the level says of itself.
enum Exemption: String, Sendable, CaseIterable {
    /// Local sockets are all there is.
    case noNetworkAtAll = "without a network namespace every socket but local ones is refused"
    /// `/tmp` and `/dev/shm` are the host's.
    case noFolderOfItsOwn = "without a mount namespace /tmp and /dev/shm are the host's, and closed"
    /// Names are seen, contents are not.
    case seesNames = "without a mount namespace a run may ask whether a path of the host exists, and how large it is"
    /// Nobody counts the files of a run together.
    case noDiskLimit = "without a file system of its own only the size of each file is limited"
    /// Processes are counted by looking now and then.
    case noProcessLimit = "without a user of its own processes are counted after the fact, and too many are killed"
    /// Nobody counts what processes do not hold themselves.
    case noMemoryAccounting =
        "without control groups memory that no process maps is not counted"
    /// Nobody may empty it who has no capability.
    case keepsBoundingSet =
        "an ordinary user without namespaces cannot empty the bounding set; no_new_privs keeps it shut"

    /// Whether a level says that it is so.
    func holds(in isolation: IsolationReport) -> Bool {
        switch self {
        case .noNetworkAtAll, .noFolderOfItsOwn, .seesNames: !isolation.layers.contains("mount")
        case .noDiskLimit: isolation.limits["disk"] == "none"
        case .noProcessLimit: isolation.limits["processes"] == "poll"
        case .keepsBoundingSet: !isolation.layers.contains("mount") && geteuid() != 0
        case .noMemoryAccounting: isolation.limits["memory"] != "cgroup"
        }
    }

    /// The names of all that may ever be exempt for this reason.
    ///
    /// Nothing else may.
    var names: Set<String> {
        switch self {
        case .noNetworkAtAll: ["a loopback socket to itself"]
        case .noFolderOfItsOwn: ["temporary files in every writable folder", "multiprocessing with a queue"]
        case .seesNames: ["names and sizes of the host's files"]
        case .keepsBoundingSet: ["capabilities in the bounding set"]
        case .noDiskLimit: ["files until the disk is full"]
        case .noProcessLimit:
            [
                "a fork bomb of two thousand children", "a thread bomb", "a fork bomb of twelve generations",
                "a fork bomb whose children each lead a session", "a fork bomb by way of subprocess",
                "vfork in vfork, and clone3", "a farm of zombies",
            ]
        case .noMemoryAccounting:
            ["memory in anonymous files", "memory in shared mappings"]
        }
    }
}
