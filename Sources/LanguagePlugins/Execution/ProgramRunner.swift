public import Sandbox
public import Tasks

/// Compiles programs once and runs them on many inputs.
///
/// Theory of operation. A request is one program on one input. Requests of one call are worked on several at once; each
/// waits for its program to be compiled, which equal programs share, and then for a slot, which `Requester`s share. The
/// `FairBox` sees to it that the load does not become a verdict; `SharedRuns` that a batch runs nothing twice. When no
/// more answers are wanted, or the task is cancelled, runs under way are killed and their slots are free at once.
public final class ProgramRunner: Sendable {
    /// The languages.
    public let registry: PluginRegistry
    let sandbox: SandboxRunner
    let box: FairBox
    let compiler: ProgramCompiler
    let scratch: ScratchPlace
    let counters = RunCounters()
    let nonces: NonceSource
    /// What is known from earlier, and what all runs here have in common.
    let verdicts: (cache: VerdictCache, scope: VerdictKey.Scope)?
    /// How many requests of one call are under way at once: twice the slots, so that none waits for the next request.
    private let width: Int

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - cache: Where compiled programs are kept; nil keeps a few in memory.
    ///   - store: Where compilers keep what serves many programs; nil has each compilation start from nothing.
    ///   - waits: Whether a compilation waits for what it has made for later ones; else `settle` does.
    ///   - verdicts: Where results are kept; nil runs everything.
    public init(
        registry: PluginRegistry, sandbox: SandboxRunner, cache: ArtifactCache?, store: PreparedStore? = nil,
        waits: Bool = true, verdicts: VerdictCache? = nil
    ) {
        self.registry = registry
        self.sandbox = sandbox
        let load = HostLoad()
        box = FairBox(counters: counters, load: { load.current }) { command, alone throws(SandboxError) in
            try await sandbox.run(command, alone: alone)
        }
        compiler = ProgramCompiler(box: box, cache: cache, store: store, waits: waits, counters: counters)
        scratch = ScratchPlace(at: sandbox.isolation.level)
        width = 2 * sandbox.slots
        nonces = verdicts?.nonces ?? NonceSource()
        self.verdicts = verdicts.map { ($0, VerdictKey.Scope(sandbox.isolation)) }
    }

    /// The threads that runs end on: a task that prefers them goes on there without being handed over.
    public var executor: any TaskExecutor { sandbox.executor }

    /// Waits for what is still being made for later compilations, so that the work is not lost with the process.
    public func settle() async { await compiler.settle() }

    /// What has been done so far.
    public var statistics: RunnerStatistics { counters.current }

    /// Compiles a program and runs it on each input, several at once; equal inputs are run as often as they are given.
    ///
    /// - Parameters:
    ///   - stopAtFirstFailure: Whether no input after the first that fails is of interest; runs of later ones are
    ///     killed.
    ///   - onRun: Told of each run as soon as it has ended, with the place of its input.
    /// - Throws: `PluginError` for an unknown or absent language, a request that no box can hold, and a sandbox that
    ///   failed twice. A program that fails is a report.
    public func run(
        _ program: SourceProgram, inputs: [ProgramInput], limits: TaskLimits?, stopAtFirstFailure: Bool,
        onRun: @escaping @Sendable (Int, ExecutionRecord) async -> Void = { _, _ in }
    ) async throws(PluginError) -> ProgramReport {
        let plugin = try registry.availablePlugin(named: program.language)
        let requests = inputs.map { RunRequest(program: program, input: $0, limits: limits) }
        let outcomes = try await run(requests, sharing: nil) { index, outcome -> RunOutcome in
            if let record = outcome.record { await onRun(index, record) }
            return outcome
        } until: { outcome in
            stopAtFirstFailure && outcome.record?.verdict != .accepted
        }
        var compile = outcomes.compile
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

    /// Runs each request; the outcomes are in the order of the requests.
    func run(_ requests: [RunRequest], sharing runs: SharedRuns? = nil) async throws(PluginError) -> [RunOutcome] {
        try await run(requests, sharing: runs, each: { $1 }, until: { _ in false })
    }

    /// Runs each request and makes something of each outcome.
    ///
    /// - Parameters:
    ///   - runs: The batch in which equal requests are run once; nil runs each.
    ///   - each: What is made of an outcome, with the place of its request; called as soon as it is there.
    ///   - isLast: Whether nothing behind that place is wanted.
    /// - Returns: What was made, in the order of the requests, up to the first that is the last wanted.
    func run<Value: Sendable>(
        _ requests: [RunRequest], sharing runs: SharedRuns?,
        each: @escaping @Sendable (Int, RunOutcome) async throws(PluginError) -> Value,
        until isLast: (Value) -> Bool
    ) async throws(PluginError) -> [Value] {
        let programs = try prepared(requests)
        let work = { @Sendable [self] (index: Int) async throws(PluginError) -> Value in
            try await each(index, outcome(of: requests[index], programs[index], sharing: runs))
        }
        // There, no task has to be handed on when its run has ended.
        return try await withTaskExecutorPreference(sandbox.executor) { () async throws(PluginError) -> [Value] in
            try await Concurrently.map(requests.count, width: width, work, until: isLast)
        }
    }
}
