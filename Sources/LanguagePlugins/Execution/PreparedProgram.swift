import Sandbox
import Synchronization
import Tasks

/// A program of one call with all that its runs have in common, each worked out once.
final class PreparedProgram: Sendable {
    private struct Pattern {
        var limits: TaskLimits?
        var mode: ExecutionPlan.Mode
        var surroundings: Surroundings
        var command: SandboxCommand
    }

    let plan: ExecutionPlan
    private let compiling = SharedWork<Int, Compilation>(count: 1)
    private let patterns = Mutex<[Pattern]>([])
    private let identity = Mutex<VerdictKey.OfProgram?>(nil)

    init(_ plan: ExecutionPlan) { self.plan = plan }

    /// What the program compiles to.
    ///
    /// Whatever it comes to holds for all runs of the call: a compiler that ran out of time is not asked again for each.
    func compilation(by compiler: ProgramCompiler) async throws(PluginError) -> Compilation {
        var (compilation, isOwn) = try await compiling.value(of: 0) { () async throws(PluginError) -> Compilation in
            try await compiler.compile(plan)
        }
        if !isOwn {
            compilation.record?.cached = true
            compilation.queueTime = .zero
        }
        return compilation
    }

    /// One run.
    ///
    /// What placeholders, environment and files come to is the same for all inputs, and costs as much as starting a run.
    /// - Throws: `PluginError` when an argument cannot be one, or the language has no harness.
    func command(for request: RunRequest, artifact: Artifact?) throws(PluginError) -> SandboxCommand {
        guard request.input.arguments.allSatisfy({ !$0.utf8.contains(0) }) else {
            throw PluginError(.request, "an argument of a program cannot hold a NUL")
        }
        let known = patterns.withLock { patterns in
            patterns.first {
                $0.limits == request.limits && $0.mode == request.mode && $0.surroundings == request.surroundings
            }?.command
        }
        var command: SandboxCommand
        if let known {
            command = known
        } else {
            command = try plan.run(
                ProgramInput(), artifact: artifact, limits: request.limits, mode: request.mode,
                surroundings: request.surroundings)
            let pattern = Pattern(
                limits: request.limits, mode: request.mode, surroundings: request.surroundings, command: command)
            patterns.withLock { if $0.count < 16 { $0.append(pattern) } }
        }
        command.arguments += request.input.arguments
        command.standardInput = request.input.stdin
        return command
    }

    /// The name of a run in the verdict cache.
    func key(of request: RunRequest, in scope: VerdictKey.Scope) -> VerdictKey {
        let identity = identity.withLock { identity in
            if let identity { return identity }
            let new = VerdictKey.OfProgram(plan.program, plan.plugin, scope)
            identity = new
            return new
        }
        return VerdictKey(request, of: identity)
    }
}
