import CSpawn
import Glibc
import Sandbox

/// A way of running a program, under measurement.
enum Contender: CaseIterable {
    case bare, slot, bubblewrap

    var name: String {
        switch self {
        case .bare: "bare"
        case .slot: "slot"
        case .bubblewrap: "bwrap"
        }
    }

    /// Runs the program once and waits for its end.
    ///
    /// The two that spawn block the thread they are called on; nothing else wants it meanwhile.
    func run(_ program: Program, in sandbox: SandboxRunner) async throws {
        switch self {
        case .bare:
            try Self.spawn(program.arguments)
        case .slot:
            let command = SandboxCommand(
                arguments: program.arguments, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"],
                view: .system.adding(program.folders))
            let result = try await sandbox.run(command)
            guard result.termination == .exited(0) else {
                throw BenchmarkError(message: "\(program.name) in a slot: \(result.termination)\n\(result.stderr.text)")
            }
        case .bubblewrap:
            try Self.spawn(Self.bubblewrapArguments(for: program))
        }
    }

    /// Namespaces of every kind, a read-only system, fresh /proc, /dev and /tmp: as near to a slot as its options come.
    private static func bubblewrapArguments(for program: Program) -> [String] {
        var arguments = ["/usr/bin/bwrap", "--unshare-all", "--die-with-parent", "--new-session"]
        arguments += ["--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev"]
        for link in ["bin", "sbin", "lib", "lib64"] { arguments += ["--symlink", "usr/\(link)", "/\(link)"] }
        for folder in program.folders { arguments += ["--ro-bind", folder, folder] }
        arguments += ["--tmpfs", "/tmp", "--tmpfs", "/box", "--chdir", "/box", "--"]
        return arguments + program.arguments
    }

    private static func spawn(_ arguments: [String]) throws {
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        let status = cspawn_run(arguments[0], pointers)
        guard status == 0 else {
            throw BenchmarkError(message: "\(arguments[0]) ended with wait status \(status), errno \(errno)")
        }
    }
}
