import Glibc

/// Looks for a toolchain's program on the host.
enum ToolchainProbe {
    /// Where the program is, and the folder that it is installed in.
    ///
    /// The folder is two levels above the program without links, so no manifest names a place of one machine. It is
    /// what a box must show, so one that no box may show makes the toolchain unavailable.
    static func find(_ program: String) -> Toolchain.State {
        guard let path = path(of: program) else { return .missing(program) }
        guard let real = HostFolder.realPath(path) else { return .missing(program) }
        let steps = real.split(separator: "/").dropLast(2)
        let root = "/" + steps.joined(separator: "/")
        // A program of the system is shown with the system.
        if isShownAnyway(real) { return .found(Toolchain.Place(program: path, root: root)) }
        if let problem = MountRule.problem(with: root) {
            return .missing("\(program) (found in \(root), but \(problem))")
        }
        // A link in some folder of PATH is not in the box: its namesake beside the real program is.
        let name = path.split(separator: "/").last.map(String.init) ?? program
        let beside = "/" + real.split(separator: "/").dropLast().joined(separator: "/") + "/" + name
        return .found(Toolchain.Place(program: HostFolder.isExecutable(beside) ? beside : real, root: root))
    }

    /// Whether the system's part of every view shows a path.
    static func isShownAnyway(_ path: String) -> Bool {
        ["/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/"].contains { path.hasPrefix($0) } || path == "/usr"
    }

    private static func path(of program: String) -> String? {
        if program.hasPrefix("/") { return HostFolder.isExecutable(program) ? program : nil }
        let search = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        return search.split(separator: ":").lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(program)" }
            .first { HostFolder.isExecutable($0) }
    }
}
