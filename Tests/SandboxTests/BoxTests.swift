import Sandbox
import Testing

@Suite("The box")
struct BoxTests {
    static func output(_ script: String, level: IsolationLevel = .full) async throws -> String {
        let sandbox = try SandboxRunner(SandboxOptions(strongest: level))
        let result = try await sandbox.run(
            SandboxCommand(arguments: ["/bin/sh", "-c", script], environment: ["GREETING": "hi"]))
        return result.stdout.text
    }

    @Test("has the environment it was given and nothing else", arguments: IsolationLevel.allCases)
    func environment(level: IsolationLevel) async throws {
        let lines = try await Self.output("env -u PWD -u OLDPWD -u _ -u SHLVL env", level: level)
        #expect(lines.contains("GREETING=hi"))
        #expect(!lines.contains("HOME="))
        #expect(!lines.contains("PATH=/"))
    }

    @Test("shows no home, no host's temporary files, and no devices but five")
    func root() async throws {
        #expect(try await Self.output("ls /home /root /sys /run /var 2>/dev/null; ls /tmp") == "")
        let devices = try await Self.output("ls /dev").split(separator: "\n").map(String.init)
        #expect(
            devices == ["fd", "full", "null", "random", "shm", "stderr", "stdin", "stdout", "urandom", "zero"])
    }

    @Test("shows a renamed folder under its new name alone", arguments: [IsolationLevel.full, .userns])
    func renamed(level: IsolationLevel) async throws {
        let sandbox = try SandboxRunner(SandboxOptions(strongest: level))
        guard sandbox.isolation.layers.contains("mount") else { return }
        var view = FileSystemView.system
        view.renamedPaths["/given/here"] = "/usr/share/doc"
        let script =
            "ls /given/here | wc -l; touch /given/here/x; grep given /proc/self/mountinfo | grep -c ' ro,'"
        let result = try await sandbox.run(SandboxCommand(arguments: ["/bin/sh", "-c", script], view: view))
        let lines = result.stdout.text.split(separator: "\n")
        #expect(lines.count == 2 && lines[0] != "0" && lines[1] == "1", "\(result.stdout.text)")
        #expect(result.stderr.text.contains("Read-only file system"))
    }

    @Test("has no descriptors but three", arguments: IsolationLevel.allCases)
    func descriptors(level: IsolationLevel) async throws {
        let program = """
            import os
            def is_open(f):
                try: return bool(os.fstat(f))
                except OSError: return False
            print([f for f in range(3, 4096) if is_open(f)])
            """
        let sandbox = try SandboxRunner(SandboxOptions(strongest: level))
        let result = try await sandbox.run(SandboxCommand(arguments: ["/usr/bin/python3", "-c", program]))
        #expect(result.stdout.text == "[]\n")
    }

    @Test("has no capability, no way to gain one, and a filter", arguments: IsolationLevel.allCases)
    func privileges(level: IsolationLevel) async throws {
        guard level != .landlock else { return }
        let status = try await Self.output("grep -E 'Cap|NoNew|Seccomp:' /proc/self/status", level: level)
        for line in status.split(separator: "\n") where line.hasPrefix("Cap") {
            #expect(line.hasSuffix("\t0000000000000000"), "\(line)")
        }
        #expect(status.contains("NoNewPrivs:\t1"))
        #expect(status.contains("Seccomp:\t2"))
    }

    @Test("sees only its own processes")
    func processes() async throws {
        let pids = try await Self.output("ls /proc | grep -E '^[0-9]+$' | sort -n | head -1")
        #expect(pids == "3\n")
    }

    @Test("passes on bytes that are no text, both ways", arguments: IsolationLevel.allCases)
    func bytes(level: IsolationLevel) async throws {
        let sandbox = try SandboxRunner(SandboxOptions(strongest: level))
        let input = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let result = try await sandbox.run(SandboxCommand(arguments: ["/bin/cat"], standardInput: input))
        #expect(result.stdout.bytes == input)
    }

    @Test("is refused, not weakened, when more is required than there is")
    func required() throws {
        #expect(throws: SandboxError.self) {
            try SandboxRunner(SandboxOptions(require: .full, strongest: .userns))
        }
    }

    @Test("says that a command is not there, and goes on")
    func missingCommand() async throws {
        let sandbox = try SandboxRunner()
        await #expect(throws: SandboxError.self) {
            try await sandbox.run(SandboxCommand(arguments: ["no-such-command"]))
        }
        let next = try await sandbox.run(SandboxCommand(arguments: ["true"]))
        #expect(next.termination == .exited(0))
    }

    @Test("ends a run that is called off", .timeLimit(.minutes(5)))
    func cancelled() async throws {
        let sandbox = try SandboxRunner()
        let running = Task { try await sandbox.run(SandboxCommand(arguments: ["/bin/sleep", "50"])) }
        try await Task.sleep(for: .milliseconds(200))
        running.cancel()
        await #expect(throws: SandboxError.self) { try await running.value }
    }

    @Test("runs many at once, each with its own answer", .timeLimit(.minutes(5)))
    func many() async throws {
        let sandbox = try SandboxRunner(SandboxOptions(slots: 4))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let result = try await sandbox.run(SandboxCommand(arguments: ["/bin/echo", "\(number)"]))
                    return result.stdout.text == "\(number)\n"
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
