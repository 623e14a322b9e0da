import Sandbox
import Tasks

/// Compiles programs, each once.
final class ProgramCompiler: Sendable {
    private let sandbox: SandboxRunner
    private let cache: ArtifactCache?
    private let refusals = RefusalMemory()

    /// Makes a compiler; without a cache it compiles each program anew.
    init(sandbox: SandboxRunner, cache: ArtifactCache?) {
        self.sandbox = sandbox
        self.cache = cache
    }

    /// Compiles a program, or finds what it was compiled to before.
    func compile(_ plan: ExecutionPlan) async throws(PluginError) -> Compilation {
        guard let command = plan.compilation(), let output = command.outputFiles.first else {
            return Compilation(queueTime: .zero)
        }
        let start = ContinuousClock.now
        let key = plan.key(of: command)
        if let artifact = cache?.artifact(for: key) {
            let record = CompileRecord(verdict: .accepted, cached: true, wallTime: ContinuousClock.now - start)
            return Compilation(record: record, artifact: artifact, queueTime: .zero)
        }
        if let refusal = refusals[key] { return Compilation(record: refusal, queueTime: .zero) }
        let result = try await sandbox.runTwiceAtMost(command)
        let artifact = result.termination == .exited(0) ? result.outputFiles[output]?.bytes() : nil
        var record = CompileRecord(
            verdict: artifact == nil ? .compileError : .accepted, wallTime: result.usage.wallTime,
            stdout: result.stdout.bytes, stderr: result.stderr.bytes)
        if let artifact {
            cache?.keep(artifact, for: key)
        } else {
            switch result.termination {
            case .limitExceeded(let limit):
                record.stderr += Array("\ncompiling exceeded its limit: \(limit.rawValue)\n".utf8)
            case .signaled(let signal):
                record.stderr += Array("\ncompiling was ended by \(SignalName.name(of: signal))\n".utf8)
            case .exited(let code):
                if record.stderr.isEmpty {
                    record.stderr = Array("compiling ended with status \(code) and left no \(output)\n".utf8)
                }
                // A compiler that says no will say it again; one that ran out of time may have had bad luck.
                refusals[key] = record
            }
        }
        return Compilation(record: record, artifact: artifact, queueTime: result.usage.queueTime)
    }
}
