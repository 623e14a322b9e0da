import CSandbox
import Glibc

/// Finds the strongest level that works here by preparing a slot in each, strongest first.
enum LevelProbe {
    /// A configuration that works, with the slot that proved it.
    struct Found {
        var configuration: SlotConfiguration
        var slot: Slot
        /// What kept stronger levels away, strongest first.
        var refusals: [(level: IsolationLevel, error: SandboxError)]
    }

    /// Tries the levels from the strongest asked for to the weakest allowed.
    ///
    /// - Throws: The refusal of the weakest level allowed.
    static func find(_ options: SandboxOptions, launcher: String, key: SlotKey) throws(SandboxError) -> Found {
        var refusals: [(level: IsolationLevel, error: SandboxError)] = []
        for level in IsolationLevel.allCases.sorted().reversed()
        where level <= options.strongest && level >= (options.require ?? .landlock) {
            // Root can do without a user namespace where the host forbids them.
            for hasUserNamespace in level == .landlock ? [false] : geteuid() == 0 ? [true, false] : [true] {
                do throws(SandboxError) {
                    let configuration = try configuration(level, hasUserNamespace: hasUserNamespace)
                    let slot = try Slot.prepare(configuration, key, launcher: launcher)
                    return Found(configuration: configuration, slot: slot, refusals: refusals)
                } catch {
                    refusals.append((level, error))
                }
            }
        }
        let last = refusals.last?.error ?? SandboxError(stage: "level", message: "no level was allowed")
        throw SandboxError(
            stage: last.stage, errno: last.errno,
            message: "no sandbox as strong as required: \(last.message)", hint: last.hint)
    }

    private static func configuration(
        _ level: IsolationLevel, hasUserNamespace: Bool
    ) throws(SandboxError) -> SlotConfiguration {
        var cgroups: CgroupLayout?
        if level == .full {
            do throws(CgroupLayout.Missing) {
                cgroups = try CgroupLayout.find()
            } catch {
                throw SandboxError(stage: "cgroup find", message: error.reason, hint: error.remedy)
            }
            cgroups?.sweep()
        }
        let profile = SeccompProfile(
            refusesInternet: level == .landlock, launcherIsFirstProcess: level != .landlock,
            refusesClone3: cgroups?.version != 2)
        return SlotConfiguration(
            level: level, hasUserNamespace: hasUserNamespace, cgroups: cgroups, filter: try SeccompFilter(profile),
            scratchParent: ScratchParent.path())
    }
}

/// The folder on the host for the scratch folders of the Landlock level.
enum ScratchParent {
    /// TMPDIR, or /tmp, after removing what engines that are gone have left.
    static func path() -> String {
        let path = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        for name in Folder.names(path) where StaleName.isStale(name) {
            for folder in ["work", "tmp", "shm"] { rmdir("\(path)/\(name)/\(folder)") }
            rmdir("\(path)/\(name)")
        }
        return path
    }
}
