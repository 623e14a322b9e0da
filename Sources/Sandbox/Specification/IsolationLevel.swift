/// How strong the isolation of a run is.
public enum IsolationLevel: String, Sendable, CaseIterable, Comparable {
    /// Landlock, seccomp and resource limits of the process; no namespaces.
    case landlock
    /// All namespaces, Landlock and seccomp; no control groups.
    case userns
    /// All namespaces, Landlock, seccomp, and control groups for memory, processes and CPU time.
    case full

    private var strength: Int {
        switch self {
        case .landlock: 0
        case .userns: 1
        case .full: 2
        }
    }

    /// Whether the first is the weaker.
    public static func < (left: IsolationLevel, right: IsolationLevel) -> Bool {
        left.strength < right.strength
    }
}
