import Glibc
public import Sandbox
import Synchronization
public import Tasks

/// Compiles programs once and runs them on many inputs.
public final class ProgramRunner: Sendable {
    /// The languages.
    public let registry: PluginRegistry
    private let sandbox: SandboxRunner
    private let compiler: ProgramCompiler
    private let scratch: ScratchPlace
    /// How many runs of one program are under way at once.
    private let width: Int

    /// Makes a runner.
    ///
    /// - Parameter cache: Where compiled programs are kept; nil compiles each anew.
    public init(registry: PluginRegistry, sandbox: SandboxRunner, cache: ArtifactCache?) {
        self.registry = registry
        self.sandbox = sandbox
        compiler = ProgramCompiler(sandbox: sandbox, cache: cache)
        scratch = ScratchPlace(at: sandbox.isolation.level)
        width = max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    /// Compiles a program and runs it on each input, several at once.
    ///
    /// - Parameter stopAtFirstFailure: Whether no input after the first that fails is of interest.
    /// - Throws: `PluginError` for an unknown or absent language, a request that no box can hold, and a sandbox that
    ///   failed twice. A program that fails is a report.
    public func run(
        _ program: SourceProgram, inputs: [ProgramInput], limits: TaskLimits?, stopAtFirstFailure: Bool
    ) async throws(PluginError) -> ProgramReport {
        let plugin = try registry.availablePlugin(named: program.language)
        let requests = inputs.map { RunRequest(program: program, input: $0, limits: limits) }
        let outcomes = try await run(requests) { _, outcome in
            stopAtFirstFailure && outcome.record?.verdict != .accepted
        }
        var compile = outcomes.first?.compile
        if outcomes.isEmpty {
            compile = try await compiler.compile(ExecutionPlan(program, plugin: plugin, scratch: scratch)).record
        }
        return ProgramReport(
            language: plugin.manifest.name,
            compile: compile,
            runs: outcomes.compactMap(\.record),
            isolation: sandbox.isolation,
            queueTime: outcomes.reduce(.zero) { $0 + $1.queueTime })
    }

    /// Runs each request; the outcomes are in the order of the requests and end with the first that is the last wanted.
    ///
    /// Equal programs are compiled once.
    func run(_ requests: [RunRequest], until isLast: (Int, RunOutcome) -> Bool = { _, _ in false })
        async throws(PluginError) -> [RunOutcome]
    {
        var prepared: [(plan: ExecutionPlan, program: Int)] = []
        var programs: [ExecutionPlan] = []
        var indices: [SourceProgram: Int] = [:]
        for request in requests {
            let plugin = try registry.availablePlugin(named: request.program.language)
            let program = try Self.stitched(request, plugin)
            let index: Int
            if let known = indices[program] {
                index = known
            } else {
                index = programs.count
                indices[program] = index
                programs.append(try ExecutionPlan(program, plugin: plugin, scratch: scratch))
            }
            prepared.append((programs[index], index))
        }
        var compilations: [Compilation] = []
        for compiled in await concurrently(programs, { await self.tryCompile($0) }, until: { _, _ in false }) {
            compilations.append(try compiled.get())
        }
        let jobs = zip(requests, prepared).map { ($0, $1.plan, compilations[$1.program]) }
        var outcomes: [RunOutcome] = []
        let results = await concurrently(
            jobs, { job in await self.tryRun(job.0, job.1, job.2) },
            until: { index, result in
                guard case .success(let outcome) = result else { return true }
                return isLast(index, outcome)
            })
        for result in results { outcomes.append(try result.get()) }
        return outcomes
    }

    // MARK: -

    /// The program of a request with its call behind it.
    private static func stitched(_ request: RunRequest, _ plugin: LanguagePlugin) throws(PluginError) -> SourceProgram {
        var program = request.program
        program.language = plugin.manifest.name
        guard let call = request.input.call else { return program }
        guard let statement = plugin.manifest.callStatement else {
            throw PluginError(.request, "\(plugin.manifest.name) has no statement that prints the result of a call")
        }
        program.source += Array("\n\(statement.filled([.call: call]))\n".utf8)
        return program
    }

    private func tryCompile(_ plan: ExecutionPlan) async -> Result<Compilation, PluginError> {
        do throws(PluginError) { return .success(try await compiler.compile(plan)) } catch { return .failure(error) }
    }

    private func tryRun(_ request: RunRequest, _ plan: ExecutionPlan, _ compilation: Compilation) async
        -> Result<RunOutcome, PluginError>
    {
        guard compilation.isRunnable else {
            return .success(RunOutcome(compile: compilation.record, record: nil, queueTime: compilation.queueTime))
        }
        do throws(PluginError) {
            let command = try plan.run(
                request.input, artifact: compilation.artifact, limits: request.limits, mode: request.mode)
            let result = try await sandbox.runTwiceAtMost(command)
            let record = ExecutionRecord(result, errors: plan.plugin.manifest.errors, file: plan.sourceFile)
            return .success(
                RunOutcome(compile: compilation.record, record: record, queueTime: result.usage.queueTime))
        } catch {
            return .failure(error)
        }
    }

    /// Does the work on each item, `width` at once; the results are in order and end with the first that is the last
    /// wanted.
    private func concurrently<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) async -> Value, until isLast: (Int, Value) -> Bool
    ) async -> [Value] {
        await withTaskGroup(of: (Int, Value).self) { group in
            var values = [Value?](repeating: nil, count: items.count)
            var next = 0
            var end = items.count
            func start() {
                guard next < end else { return }
                let (index, item) = (next, items[next])
                next += 1
                group.addTask { (index, await work(item)) }
            }
            for _ in 0..<width { start() }
            while let (index, value) = await group.next() {
                // What lies behind the last is not waited for, yet what lies before it is: the answer must not
                // depend on who was faster.
                if index < end, isLast(index, value) { end = index + 1 }
                values[index] = value
                if values[..<end].allSatisfy({ $0 != nil }) {
                    group.cancelAll()
                    break
                }
                start()
            }
            return values[..<end].compactMap { $0 }
        }
    }
}
