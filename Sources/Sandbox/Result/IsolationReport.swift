/// What isolates a run, and who enforces each limit.
public struct IsolationReport: Sendable, Hashable {
    /// The level.
    public var level: IsolationLevel
    /// The layers in force, such as `user`, `pid`, `mount`, `seccomp`, `landlock`.
    public var layers: [String]
    /// Limit names with their enforcers: `cgroup`, `rlimit`, `poll`, `timer`, `pipe`, `tmpfs`, or `none`.
    public var limits: [String: String]

    /// Creates a report.
    public init(level: IsolationLevel, layers: [String], limits: [String: String]) {
        self.level = level
        self.layers = layers
        self.limits = limits
    }
}
