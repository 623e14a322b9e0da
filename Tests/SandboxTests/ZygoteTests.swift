import Sandbox
import Testing

@Suite("A zygote")
struct ZygoteTests {
    static let levels: [IsolationLevel] = [.full, .userns]

    /// Waits as a zygote, and runs `main.py` in each fork.
    static let waiting = """
        import os, sys
        os.fork()
        with open(3, 'rb') as file: strings = file.read().split(b'\\0')[:-1]
        sys.argv[:] = [os.fsdecode(one) for one in strings[2:1 + int(strings[0])]]
        exec(compile(open('main.py').read(), 'main.py', 'exec'))
        """

    static func zygote(_ program: String, patience: Duration = .seconds(15)) -> Zygote {
        Zygote(
            name: "python", arguments: ["/usr/bin/python3", "-c", program], environment: ["A": "zygote's"],
            files: ["waiting": []], patience: patience)
    }

    static func command(_ program: String, zygote: Zygote?, limits: ResourceLimits = .standard) -> SandboxCommand {
        SandboxCommand(
            arguments: ["/usr/bin/python3", "main.py", "x y", ""], environment: ["A": "run's", "B": "ü"],
            inputFiles: [InputFile(path: "main.py", content: .bytes(Array(program.utf8)))], limits: limits,
            zygote: zygote)
    }

    static func sandbox(_ level: IsolationLevel = .full) throws -> SandboxRunner {
        try SandboxRunner(SandboxOptions(slots: 1, strongest: level, runsBeforeZygote: 0))
    }

    @Test("forks runs that find what executed runs find", arguments: levels, ProcessFacts.all)
    func facts(level: IsolationLevel, fact: ProcessFacts) async throws {
        let sandbox = try Self.sandbox(level)
        let executed = try await sandbox.run(Self.command(fact.program, zygote: nil))
        let forked = try await sandbox.run(Self.command(fact.program, zygote: Self.zygote(Self.waiting)))
        #expect(!executed.isForked && (forked.isForked || sandbox.isolation.level == .landlock))
        #expect(executed.termination == .exited(0), "\(executed.stderr.text)")
        #expect(forked.termination == .exited(0), "\(forked.stderr.text)")
        #expect(forked.stdout.text == executed.stdout.text)
    }

    @Test("forks runs into the folder that they start in", arguments: levels, ["", "a", "a/b c", "missing"])
    func folder(level: IsolationLevel, folder: String) async throws {
        let sandbox = try Self.sandbox(level)
        var command = Self.command("", zygote: nil)
        let program = Array("import os; print(os.getcwd(), os.listdir()); open('left', 'w')".utf8)
        command.inputFiles = ["main.py", "a/main.py", "a/b c/main.py"]
            .map { InputFile(path: $0, content: .bytes(program)) }
        command.workingDirectory = folder
        let executed = await Self.outcome(of: command, in: sandbox)
        command.zygote = Self.zygote(Self.waiting)
        for _ in 0..<2 { #expect(await Self.outcome(of: command, in: sandbox) == executed) }
        #expect(executed.contains("/box/\(folder)") || executed.contains("/box [") || folder == "missing")
    }

    private static func outcome(of command: SandboxCommand, in sandbox: SandboxRunner) async -> String {
        do {
            let run = try await sandbox.run(command)
            return "\(run.termination) \(run.stdout.text) \(run.stderr.text)"
        } catch {
            return "\(error)"
        }
    }

    @Test("forks runs that end by the limits of executed runs", arguments: levels, ProcessFacts.endings)
    func limits(level: IsolationLevel, program: String) async throws {
        let sandbox = try Self.sandbox(level)
        let limits = ResourceLimits(
            cpuTime: .seconds(1), wallTime: .seconds(8), memory: 96 << 20, processes: 16, output: 1 << 16,
            fileSize: 1 << 20, stack: 8 << 20)
        let executed = try await sandbox.run(Self.command(program, zygote: nil, limits: limits))
        #expect(executed.termination != .exited(0))
        for _ in 0..<2 {
            let run = try await sandbox.run(Self.command(program, zygote: Self.zygote(Self.waiting), limits: limits))
            #expect(run.isForked || sandbox.isolation.level == .landlock)
            #expect(run.termination == executed.termination, "\(run.stderr.text)")
        }
    }

    @Test("that fails is done without", .timeLimit(.minutes(5)), arguments: BadZygote.allCases)
    func failure(zygote: BadZygote) async throws {
        let sandbox = try Self.sandbox()
        let program = "import os\nprint(os.getpid(), len([p for p in os.listdir('/proc') if p.isdigit()]))"
        for _ in 0..<6 {
            let run = try await sandbox.run(
                Self.command(program, zygote: Self.zygote(zygote.rawValue, patience: .seconds(2))))
            #expect(run.termination == .exited(0), "\(run.stderr.text)")
            #expect(run.stdout.text == "3 1\n" || sandbox.isolation.level == .landlock, "\(run.stdout.text)")
        }
    }

    @Test("that answers at random is done without", .timeLimit(.minutes(5)))
    func rubbish() async throws {
        let sandbox = try Self.sandbox()
        let program = "import os\nprint(os.getpid(), len([p for p in os.listdir('/proc') if p.isdigit()]))"
        for seed in 0..<60 {
            let zygote = Self.zygote(BadZygote.answeringAtRandom(seed: seed), patience: .seconds(2))
            let run = try await sandbox.run(Self.command(program, zygote: zygote))
            #expect(run.termination == .exited(0) && !run.isForked, "\(seed): \(run.stderr.text)")
            #expect(run.stdout.text == "3 1\n" || sandbox.isolation.level == .landlock, "\(seed): \(run.stdout.text)")
        }
    }

    private func expectFork(in sandbox: SandboxRunner, of zygote: Zygote) async throws {
        let run = try await sandbox.run(Self.command("", zygote: zygote))
        #expect(run.isForked || sandbox.isolation.level == .landlock)
    }

    @Test("outlives the runs that fill their memory with files, which are smaller than itself", arguments: levels)
    func filesInMemory(level: IsolationLevel) async throws {
        let sandbox = try Self.sandbox(level)
        let large = "kept = bytearray(range(256)) * (40 << 12)\n" + Self.waiting
        let zygote = Self.zygote(large)
        let filling = "import os\nwith open('/dev/shm/x', 'wb', 0) as file:\n while file.write(b'x' * 65536): pass"
        let limits = ResourceLimits(memory: 24 << 20, fileSize: 1 << 30)
        try await expectFork(in: sandbox, of: zygote)
        for _ in 0..<3 {
            let run = try await sandbox.run(Self.command(filling, zygote: zygote, limits: limits))
            #expect(run.isForked || sandbox.isolation.level == .landlock)
            #expect(run.termination != .exited(0))
        }
        try await expectFork(in: sandbox, of: zygote)
    }

    @Test("gives runs the arguments and the environment that it has itself, and others, in turn", arguments: levels)
    func strings(level: IsolationLevel) async throws {
        let sandbox = try Self.sandbox(level)
        // Descriptor 3 is not there where nothing is news.
        var zygote = Self.zygote(
            """
            import os
            for name in ('LD_PRELOAD', 'RETORT_ZYGOTE'): del os.environ[name]
            os.fork()
            try:
                with open(3, 'rb') as file: print(file.read(), flush=True)
            except OSError as error: print(error.errno, os.listdir('/proc/self/fd'), flush=True)
            os.execv('/bin/sh', ['sh', '-c', 'env | sort'])
            """)
        // Without it the interpreter sets a variable of its own.
        zygote.environment["LC_ALL"] = "C.UTF-8"
        let usual = SandboxCommand(arguments: zygote.arguments, environment: zygote.environment, zygote: zygote)
        var other = usual
        other.environment["C"] = String(repeating: "c", count: 5000)
        other.arguments.append("more")
        for _ in 0..<2 {
            let first = try await sandbox.run(usual)
            let second = try await sandbox.run(other)
            #expect(first.isForked && second.isForked || sandbox.isolation.level == .landlock)
            // There the program is executed, and its fork is the kernel's.
            if sandbox.isolation.level == .landlock { continue }
            #expect(first.stdout.text.hasPrefix("9 ['0', '1', '2', '3']\nA=zygote's\n"), "\(first.stdout.text)")
            #expect(!first.stdout.text.contains("cccc") && !first.stdout.text.contains("LD_PRELOAD"))
            #expect(second.stdout.text.contains("C=ccccc") && second.stdout.text.contains("more"))
        }
    }

    @Test("is started for those who ask often enough")
    func demand() async throws {
        let sandbox = try SandboxRunner(SandboxOptions(slots: 1, runsBeforeZygote: 3))
        var forked: [Bool] = []
        for _ in 0..<5 {
            forked.append(try await sandbox.run(Self.command("", zygote: Self.zygote(Self.waiting))).isForked)
        }
        #expect(forked == [false, false, false, true, true] || sandbox.isolation.level == .landlock)
    }

    @Test("shares nothing with the next run of its slot")
    func nextRun() async throws {
        let sandbox = try Self.sandbox()
        let zygote = Self.zygote(Self.waiting)
        let program = """
            import builtins, os, random, socket, sys, threading
            found = [
                sorted(os.listdir('/box') + os.listdir('/tmp') + os.listdir('/dev/shm')), hasattr(builtins, 'left'),
                sys.modules.get('left'), os.environ.get('LEFT'), sys.getrecursionlimit(), os.umask(0o077), os.nice(0),
                os.getpriority(os.PRIO_PROCESS, 0), len(os.sched_getaffinity(0)), open('/proc/net/unix').read().count('left'),
            ]
            print(found)
            for folder in ('/box', '/tmp', '/dev/shm'): open(folder + '/left', 'w').write('x')
            builtins.left = sys.modules['left'] = os.environ['LEFT'] = 'x'
            sys.setrecursionlimit(500)
            os.nice(5)
            os.sched_setaffinity(0, {0})
            left = socket.socket(socket.AF_UNIX); left.bind('\\0left'); left.listen()
            threading.Thread(target=threading.Event().wait, daemon=True).start()
            if os.fork() == 0: os.setsid(); threading.Event().wait()
            """
        var outputs: Set<String> = []
        for _ in 0..<8 {
            let run = try await sandbox.run(Self.command(program, zygote: zygote))
            #expect(run.termination == .exited(0), "\(run.stderr.text)")
            outputs.insert(run.stdout.text)
        }
        #expect(outputs.count == 1, "\(outputs)")
    }
}
