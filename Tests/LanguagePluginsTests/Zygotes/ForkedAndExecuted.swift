import Sandbox
import Tasks
import Testing

@testable import LanguagePlugins

/// One program in a fork of its language's zygote, and executed.
struct ForkedAndExecuted {
    /// Zygotes are wanted from the first run on.
    private static let sandbox = Result { () throws(SandboxError) in
        try SandboxRunner(SandboxOptions(slots: 1, runsBeforeZygote: 0))
    }

    var forked: ExecutionResult
    var executed: ExecutionResult
    /// Whether the program is one that a zygote may serve, on this host.
    var isServed: Bool

    /// Runs a program both ways.
    init(_ sample: SampleProgram, surroundings: Surroundings = .usual) async throws {
        let sandbox = try Self.sandbox.get()
        let plugin = try PluginFixture.registry.get().availablePlugin(named: "python")
        let plan = try ExecutionPlan(
            sample.program, plugin: plugin, scratch: ScratchPlace(at: sandbox.isolation.level))
        var command = try plan.run(
            ProgramInput(stdin: sample.stdin, arguments: sample.arguments), artifact: nil, limits: nil, mode: .program,
            surroundings: surroundings)
        // Another version's zygote ends at once.
        isServed = command.zygote != nil && plugin.toolchain.version.hasPrefix("Python 3.11.")
        forked = try await sandbox.run(command)
        command.zygote = nil
        executed = try await sandbox.run(command)
    }

    /// Records where the two differ.
    func expectSame(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(forked.isForked == isServed, sourceLocation: sourceLocation)
        #expect(forked.termination == executed.termination, sourceLocation: sourceLocation)
        #expect(Self.text(forked.stdout) == Self.text(executed.stdout), sourceLocation: sourceLocation)
        #expect(Self.text(forked.stderr) == Self.text(executed.stderr), sourceLocation: sourceLocation)
    }

    /// An output without addresses: they are other ones in every run.
    private static func text(_ output: CapturedOutput) -> String {
        output.text.replacing(/0x[0-9a-f]{6,16}/, with: "0x")
    }
}
