import Sandbox
import Tasks

/// Compiles programs; equal ones that are wanted at the same time, or again soon, are compiled once.
///
/// What does not compile is remembered in memory only: a bad compilation may be a host's bad day.
final class ProgramCompiler: Sendable {
    private let box: FairBox
    private let cache: ArtifactCache?
    private let counters: RunCounters
    private let preparer: Preparer
    /// Bounded by the descriptors that it holds, and by the bytes where there is no cache.
    private let known = SharedWork<ArtifactKey, Compilation>(count: 64, capacity: 64 << 20) { _, compilation in
        guard compilation.isLasting else { return nil }
        let text = (compilation.record?.stdout.count ?? 0) + (compilation.record?.stderr.count ?? 0)
        return 4096 + text + (compilation.artifact?.heldBytes ?? 0)
    }

    /// Makes a compiler.
    ///
    /// - Parameters:
    ///   - cache: Where compiled programs are kept on disk; nil keeps a few in memory.
    ///   - store: Where compilers keep what serves many programs; nil has each compilation start from nothing.
    ///   - waits: Whether who misses such a thing waits until it is made.
    init(box: FairBox, cache: ArtifactCache?, store: PreparedStore?, waits: Bool, counters: RunCounters) {
        self.box = box
        self.cache = cache
        self.counters = counters
        preparer = Preparer(box: box, store: store, waits: waits)
    }

    /// Waits for all that is being made for later compilations.
    func settle() async { await preparer.settle() }

    /// Compiles a program, or finds what it was compiled to before.
    func compile(_ plan: ExecutionPlan) async throws(PluginError) -> Compilation {
        guard let command = plan.compilation(), let output = command.outputFiles.first else {
            return Compilation(queueTime: .zero)
        }
        let start = ContinuousClock.now
        let key = plan.key(of: command)
        var (compilation, isOwn) = try await known.value(of: key) { () async throws(PluginError) -> Compilation in
            if let file = cache?.file(for: key) {
                return Compilation(
                    record: CompileRecord(verdict: .accepted, cached: true), artifact: .file(file), queueTime: .zero)
            }
            return try await compile(plan, plain: command, output: output, key: key)
        }
        if !isOwn {
            compilation.record?.cached = true
            compilation.queueTime = .zero
        }
        counters.count(compilation.record?.cached == true ? \.foundCompiled : \.compiled)
        if compilation.record?.cached == true { compilation.record?.wallTime = ContinuousClock.now - start }
        return compilation
    }

    private func compile(
        _ plan: ExecutionPlan, plain: SandboxCommand, output: String, key: ArtifactKey
    ) async throws(PluginError) -> Compilation {
        let result = try await fastest(plan, plain: plain)
        let file = result.termination == .exited(0) ? result.outputFiles[output] : nil
        var record = CompileRecord(
            verdict: file == nil ? .compileError : .accepted, wallTime: result.usage.wallTime,
            stdout: result.stdout.bytes, stderr: result.stderr.bytes)
        if let file {
            // Not the box's file: that one takes room in its slot for as long as it is held.
            let artifact = cache?.keep(file, for: key).map { Artifact.file($0) } ?? .bytes(file.bytes())
            return Compilation(record: record, artifact: artifact, queueTime: result.usage.queueTime)
        }
        // A compiler that says no will say it again; one that ran out of time may have had bad luck.
        var isLasting = false
        switch result.termination {
        case .limitExceeded(let limit):
            record.remark = "compiling exceeded its limit: \(limit.rawValue)\n"
        case .signaled(let signal):
            record.remark = "compiling was ended by \(SignalName.name(of: signal))\n"
        case .exited(let code):
            if record.stderr.isEmpty, record.stdout.isEmpty {
                record.remark = "compiling ended with status \(code) and left no \(output)\n"
            }
            isLasting = true
        }
        return Compilation(
            record: record, artifact: nil, queueTime: result.usage.queueTime, isLasting: isLasting)
    }

    /// Compiles with whatever makes it faster, and again without when the result would show it.
    private func fastest(_ plan: ExecutionPlan, plain: SandboxCommand) async throws(PluginError) -> ExecutionResult {
        let aids = await preparer.aids(for: plan)
        guard aids != .none, let aided = plan.compilation(with: aids) else { return try await box.run(plain) }
        // A box that cannot show what was prepared can still compile.
        guard let first = try? await box.run(aided) else { return try await box.run(plain) }
        guard DoubtfulOutput.isDoubtful(first, aids, plan) else { return first }
        let wasted = first.usage
        var result = try await box.run(plain)
        result.usage.wallTime += wasted.wallTime
        result.usage.queueTime += wasted.queueTime
        return result
    }
}
