import Glibc
import Sandbox
import TestSupport
import Testing

extension SandboxEscapeSuite {
    /// Twenty thousand runs leave nothing behind.
    @Suite struct LeakTests {
        private static let runs = 20_000
        private static let warmUp = 500

        @Test(
            "20,000 runs, executed or forked, leave no descriptor, process, mount, control group or memory",
            .timeLimit(.minutes(15)), arguments: [false, true])
        func leavesNothing(forks: Bool) async throws {
            let scene = AttackScene.shared
            let runner = try SandboxRunner(SandboxOptions(slots: 2))
            defer { runner.shutdown() }
            // Without namespaces there are no zygotes, and runs that ask for one are executed.
            let command = Self.command(forks: forks)
            let isForked = forks && runner.isolation.level != .landlock
            try await Self.run(Self.warmUp, of: command, on: runner) { _ in true }
            // The first sleep of a process opens a timer that stays.
            try await Task.sleep(for: .milliseconds(500))
            let before = HostState.observe(mark: scene.mark)
            let start = ContinuousClock.now
            try await Self.run(Self.runs, of: command, on: runner) { $0.isForked == isForked }
            let elapsed = ContinuousClock.now - start
            // What the last run leaves is wiped a moment after its answer.
            try await Task.sleep(for: .milliseconds(500))
            let after = HostState.observe(mark: scene.mark)
            print(
                "leaks: \(Self.runs) \(forks ? "forked" : "executed") runs in \(elapsed), \(elapsed / Self.runs) each over 2 slots"
            )
            print(
                "leaks: \(after.descriptors.count - before.descriptors.count) descriptors,",
                "\(after.processes.count - before.processes.count) processes,",
                "\(after.mounts.count - before.mounts.count) mounts,",
                "\((after.residentMemory - before.residentMemory) >> 10) KiB here,",
                "\((after.residentMemoryBelow - before.residentMemoryBelow) >> 10) KiB in launchers")
            for growth in after.growth(since: before, slack: 16 << 20) { Issue.record("\(growth)") }
        }

        private static func command(forks: Bool) -> SandboxCommand {
            let mark = AttackScene.shared.mark.split(separator: "=")
            let environment = [String(mark[0]): String(mark[1])]
            guard forks else { return SandboxCommand(arguments: ["/bin/true"], environment: environment) }
            let program = AttackProgram.c("")
            return SandboxCommand(
                arguments: ["./attack", "fingerprint"], environment: environment,
                inputFiles: [InputFile(path: "attack", content: .bytes(AttackBuild.attacks), isExecutable: true)],
                zygote: program.zygote)
        }

        /// Runs a command that often, two at a time.
        private static func run(
            _ count: Int, of command: SandboxCommand, on runner: SandboxRunner,
            _ isRight: @escaping @Sendable (ExecutionResult) -> Bool
        ) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        for _ in 0..<(count / 2) {
                            let result = try await runner.run(command)
                            #expect(result.termination == .exited(0) && isRight(result))
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
