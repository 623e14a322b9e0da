import CSandbox
import Glibc

/// What the host offers to a sandbox, each with the remedy where it is missing.
public struct HostCapabilities: Sendable {
    /// One thing that a sandbox would use.
    public struct Capability: Sendable, Hashable {
        /// What it is, such as `user namespaces`.
        public var name: String
        /// Whether it works here.
        public var isAvailable: Bool
        /// What was found.
        public var detail: String
        /// What to do when it does not work; empty when it does.
        public var remedy: String
    }

    /// The capabilities in the order of the layers.
    public var capabilities: [Capability]

    /// Finds out by trying: each level is prepared once, so what is told works.
    public static func probe(launcherPath: String? = nil) -> HostCapabilities {
        HostCapabilities(
            capabilities: [
                level(.full, launcherPath), level(.userns, launcherPath), level(.landlock, launcherPath),
                landlock(), cgroups(), userNamespaces(),
            ])
    }

    private static func level(_ level: IsolationLevel, _ launcherPath: String?) -> Capability {
        do throws(SandboxError) {
            let sandbox = try SandboxRunner(
                SandboxOptions(slots: 1, require: level, strongest: level, launcherPath: launcherPath))
            defer { sandbox.shutdown() }
            return Capability(
                name: "level \(level.rawValue)", isAvailable: true,
                detail: sandbox.isolation.layers.joined(separator: ", "), remedy: "")
        } catch {
            return Capability(
                name: "level \(level.rawValue)", isAvailable: false, detail: "\(error)", remedy: error.hint)
        }
    }

    private static func landlock() -> Capability {
        let version = csandbox_landlock_version()
        return Capability(
            name: "landlock",
            isAvailable: version >= 6,
            detail: version > 0 ? "version \(version)" : "not in this kernel",
            remedy: version >= 6
                ? "" : "boot Linux 6.12 or later with landlock in lsm=; from version 1 it is a layer, from 6 a level")
    }

    private static func cgroups() -> Capability {
        do throws(CgroupLayout.Missing) {
            let layout = try CgroupLayout.find()
            let places = layout.parents.joined(separator: ", ")
            return Capability(
                name: "control groups", isAvailable: true, detail: "version \(layout.version) in \(places)", remedy: "")
        } catch {
            return Capability(
                name: "control groups", isAvailable: false, detail: error.reason, remedy: error.remedy)
        }
    }

    private static func userNamespaces() -> Capability {
        let text = TextFile.read("/proc/sys/user/max_user_namespaces").split(whereSeparator: \.isWhitespace).first
        let limit = text.flatMap { Int($0) } ?? 0
        let isRestricted = TextFile.read("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").hasPrefix("1")
        return Capability(
            name: "user namespaces",
            isAvailable: limit > 0 && !isRestricted,
            detail: isRestricted ? "restricted by AppArmor" : "at most \(limit)",
            remedy: limit > 0 && !isRestricted ? "" : Remedy.of(stage: "clone slot", errno: EPERM))
    }
}
