import Sandbox

/// Where a program finds room for temporary files.
enum ScratchPlace: Sendable, Hashable {
    /// A `/tmp` of its own.
    case ownTmp
    /// The working folder: without a mount namespace the host's `/tmp` is the only one, and closed.
    case workingFolder

    /// The place at a level of isolation.
    init(at level: IsolationLevel) {
        self = level == .landlock ? .workingFolder : .ownTmp
    }

    /// What `{scratch}` stands for in an argument.
    var path: String {
        switch self {
        case .ownTmp: "/tmp"
        case .workingFolder: "."
        }
    }

    /// A command whose variables name the place by an absolute path.
    ///
    /// Only the box knows the path of its working folder, so a shell in it puts the path in front; it then becomes the
    /// command.
    func arguments(_ command: [String], _ variables: [String: CommandTemplate]) -> [String] {
        guard self == .workingFolder else { return command }
        var script = "export HOME=\"$PWD\" TMPDIR=\"$PWD\""
        for (name, value) in variables.sorted(by: { $0.key < $1.key }) where value.uses(.scratch) {
            let rest = value.filled([:]).split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "'\\''")
            script += " \(name)=\"$PWD\"'\(rest)'"
        }
        return ["/bin/sh", "-c", script + "; exec \"$@\"", "sh"] + command
    }
}
