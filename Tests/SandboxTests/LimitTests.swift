import Sandbox
import Testing

@Suite("Limits")
struct LimitTests {
    /// A shell program, what it is given, and how it must end.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var program: String
        var limits: ResourceLimits
        var expected: Termination
        var levels: [IsolationLevel] = IsolationLevel.allCases
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "a busy loop reaches the CPU limit", program: "while :; do :; done",
            limits: ResourceLimits(cpuTime: .milliseconds(300)), expected: .limitExceeded(.cpuTime)),
        Case(
            name: "a sleeper reaches the wall limit", program: "sleep 60",
            limits: ResourceLimits(wallTime: .milliseconds(300)), expected: .limitExceeded(.wallTime)),
        Case(
            name: "a flood on standard output reaches the output limit", program: "yes",
            limits: ResourceLimits(output: 100_000), expected: .limitExceeded(.output)),
        Case(
            name: "a flood on standard error reaches the output limit", program: "yes >&2",
            limits: ResourceLimits(output: 100_000), expected: .limitExceeded(.output)),
        Case(
            name: "a memory hog reaches the memory limit",
            program: "head -c 200000000 /dev/zero | tail -c 199999999 | wc -c",
            limits: ResourceLimits(memory: 64 << 20), expected: .limitExceeded(.memory), levels: [.full]),
        Case(
            name: "a large file raises SIGXFSZ", program: "exec head -c 2000000 /dev/zero > file",
            limits: ResourceLimits(fileSize: 1_000_000), expected: .limitExceeded(.fileSize)),
        Case(
            name: "a full disk is the program's to see", program: "head -c 9000000 /dev/zero > file || exit 7",
            limits: ResourceLimits(disk: 4 << 20), expected: .exited(7), levels: [.full, .userns]),
        Case(
            name: "an abort is a signal", program: "kill -ABRT $$", limits: .standard, expected: .signaled(6)),
        Case(name: "an exit code is passed on", program: "exit 42", limits: .standard, expected: .exited(42)),
        Case(
            name: "output just below its limit is whole", program: "head -c 99999 /dev/zero",
            limits: ResourceLimits(output: 100_000), expected: .exited(0)),
    ]

    @Test("end a run as they say", .timeLimit(.minutes(5)), arguments: cases, IsolationLevel.allCases)
    func ending(given: Case, level: IsolationLevel) async throws {
        let sandbox = try SandboxRunner(SandboxOptions(strongest: level))
        let result = try await sandbox.run(
            SandboxCommand(arguments: ["/bin/sh", "-c", given.program], limits: given.limits))
        guard given.levels.contains(sandbox.isolation.level) else {
            // Another means enforces it there; what must hold everywhere is that the run has ended and was not accepted.
            #expect(result.usage.wallTime < .seconds(20))
            return
        }
        #expect(result.termination == given.expected)
        #expect(result.stdout.bytes.count <= given.limits.output)
    }

    /// The kernel ends nobody whose file pages it can drop, and a program needs them back at once: its own code is such pages.
    @Test("end by its memory, not by its time, a run that at its limit only reads back what was dropped")
    func starving() async throws {
        let sandbox = try SandboxRunner(SandboxOptions())
        // A large file that nobody else has open here, so that its pages are this run's.
        let program = """
            import glob, mmap, os
            file = os.open(glob.glob('/usr/lib/gcc/*/*/lto1')[0], os.O_RDONLY)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            pages = mmap.mmap(file, 24 << 20, prot=mmap.PROT_READ)
            held = bytearray(b'x') * (80 << 20)
            print('tried', flush=True)
            while True:
                for place in range(0, len(pages), 4096): pages[place]
            """
        let limits = ResourceLimits(cpuTime: .seconds(2), wallTime: .seconds(8), memory: 96 << 20)
        let result = try await sandbox.run(
            SandboxCommand(arguments: ["/usr/bin/python3", "-c", program], limits: limits))
        #expect(sandbox.isolation.level != .full || result.stdout.text == "tried\n", "\(result.stderr.text)")
        #expect(result.termination == .limitExceeded(.memory) || sandbox.isolation.level != .full)
    }

    @Test("of processes refuse a fork and count it", .timeLimit(.minutes(5)))
    func processes() async throws {
        let sandbox = try SandboxRunner()
        let result = try await sandbox.run(
            SandboxCommand(
                arguments: ["/bin/bash", "-c", "for i in $(seq 50); do sleep 5 & done; wait"],
                limits: ResourceLimits(wallTime: .seconds(2), processes: 10)))
        #expect(result.termination != .exited(0))
        if sandbox.isolation.level == .full { #expect(result.usage.processLimitHits > 0) }
    }

    @Test("report what was used", .timeLimit(.minutes(5)))
    func usage() async throws {
        let sandbox = try SandboxRunner()
        let result = try await sandbox.run(
            SandboxCommand(arguments: [
                "/usr/bin/python3", "-c", "x = bytearray(60_000_000)\nfor i in range(2_000_000): pass",
            ]))
        #expect(result.termination == .exited(0))
        #expect(result.usage.peakMemory > 60_000_000)
        #expect(result.usage.peakMemory < 200_000_000)
        #expect(result.usage.cpuTime > .milliseconds(10))
        #expect(result.usage.processes == 1)
    }
}
