/// A failure of the sandbox itself; never a property of the program that was to run.
public struct SandboxError: Error, Sendable, CustomStringConvertible {
    /// The step that failed, such as `pivot_root` or `cgroup memory`.
    public var stage: String
    /// The errno of the failed call; 0 when no call failed.
    public var errno: Int32
    /// What went wrong, in one sentence without a period.
    public var message: String
    /// What to do about it.
    public var hint: String

    /// Creates an error.
    public init(stage: String, errno: Int32 = 0, message: String, hint: String = "") {
        self.stage = stage
        self.errno = errno
        self.message = message
        self.hint = hint
    }

    /// Whether nothing was asked of the launcher, so that the slot is as it was.
    var isOfRequest: Bool { stage == "request" || stage == "pipes" }

    /// Whether a zygote did not start, or did not fork; the command can be executed instead.
    var isOfZygote: Bool { stage.hasPrefix("zygote") }

    /// The stage, what went wrong, and the errno.
    public var description: String {
        errno == 0 ? "\(stage): \(message)" : "\(stage): \(message) (\(Errno.name(errno)))"
    }

    /// The run was called off by who asked for it.
    static let cancelled = SandboxError(stage: "cancelled", message: "the run was called off")

    /// Whether who asked for the run called it off; nothing has failed then.
    public var isCancellation: Bool { stage == Self.cancelled.stage }
}
