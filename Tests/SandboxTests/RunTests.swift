import Sandbox
import Testing

@Suite("A run")
struct RunTests {
    @Test("prints to standard output and exits with zero", .timeLimit(.minutes(5)), arguments: IsolationLevel.allCases)
    func prints(level: IsolationLevel) async throws {
        let sandbox = try SandboxRunner(SandboxOptions(strongest: level))
        let result = try await sandbox.run(SandboxCommand(arguments: ["/bin/echo", "hello"]))
        #expect(result.termination == .exited(0))
        #expect(result.stdout.text == "hello\n")
        #expect(result.stderr.text == "")
        #expect(result.usage.processes == 1)
        #expect(result.isolation == sandbox.isolation)
    }
}
