public import JSON
import LanguagePlugins
public import Pipeline
import Rewards
import Sandbox
import Synchronization
import Tasks

/// Answers requests, whatever they come by: scores, runs, tasks, languages, health.
///
/// *Theory of operation.* A request reserves room in the `AdmissionQueue` for its items, or is refused at once. Its items
/// are worked on by a few lanes, each of which waits for the client's turn before an item begins; so a slot never waits
/// for an item to be read or written, and no client waits for the large request of another. Within the sandbox, slots go
/// round between the same clients. A request that is called off has its runs killed.
public final class ScoringService: Sendable {
    /// How far a service is.
    public enum State: String, Sendable {
        case starting, ok, draining, failing
    }

    /// How it behaves.
    public let options: ServiceOptions
    /// What it has done so far.
    let metrics = ServiceMetrics()
    /// What it scored last.
    let recent = RecentRollouts()
    /// The training runs that it shows.
    let runs: TrainingRuns?
    let root: DeferredRoot
    private let usualPreset: RewardPreset
    private let queue: AdmissionQueue
    private let requesters = Mutex<[Client: (requester: Requester, requests: Int)]>([:])
    private let phase = Mutex<(isDraining: Bool, failure: ServiceProblem?)>((false, nil))
    private let started = ContinuousClock.now

    /// Loads plugins and rewards; the sandbox is started by `start`, or by the first request that runs something.
    ///
    /// - Throws: `PipelineError` for what is wrong with either.
    public init(_ options: ServiceOptions) throws(PipelineError) {
        self.options = options
        usualPreset = try CompositionRoot.preset(named: options.presetName, file: options.rewardsFile)
        runs = try options.runsFolder.map { folder throws(PipelineError) in try TrainingRuns(folder) }
        root = try DeferredRoot(options.root)
        // Twice the slots: one runs, one is read or compared.
        queue = AdmissionQueue(width: 2 * root.jobs, capacity: options.capacity)
    }

    /// Starts the sandbox ahead of the first request.
    ///
    /// - Throws: `ServiceProblem` when there is none as strong as required; predictions are scored all the same.
    public func start() async throws(ServiceProblem) {
        _ = try await startedRoot()
    }

    /// How far it is.
    public var state: State {
        let (isDraining, failure) = phase.withLock { $0 }
        if isDraining { return .draining }
        if failure != nil { return .failing }
        return root.isStarted ? .ok : .starting
    }

    /// Takes no more requests; those that it has go on.
    public func drain() {
        phase.withLock { $0.isDraining = true }
        queue.close()
    }

    /// Ends every program that runs.
    public func shutdown() {
        drain()
        root.shutdown()
    }

    // MARK: - Answers

    /// Scores the items of a request.
    ///
    /// - Parameter onResult: Told of each result as soon as it is there, with the place of its item.
    /// - Returns: The score lines, in the order of the items.
    public func score(
        _ request: ScoreRequest, for client: Client,
        onResult: @escaping @Sendable (Int, JSONObject) async -> Void = { _, _ in }
    ) async throws(ServiceProblem) -> [JSONObject] {
        try refuse(request.items.count, of: "items")
        // One pipeline a request: what is equal in it runs once.
        let pipeline = root.pipeline(request.preset ?? usualPreset)
        return try await asRequests(of: client, items: request.items.count) { turn throws(ServiceProblem) in
            let most = options.most
            return try await turn.lanes(request.items.count) { index throws(ServiceProblem) in
                do throws(PipelineError) {
                    var rollout: Rollout?
                    let isKept = self.recent.wantsOne()
                    let line = try await pipeline.score(
                        item: request.items[index], defaultID: String(index),
                        includesDetail: request.includesDetail || isKept
                    ) { read in
                        read.bound(by: most)
                        rollout = read
                    }
                    self.metrics.count(line, language: self.name(of: rollout?.task.language))
                    if isKept, let rollout { self.recent.keep(line, of: rollout) }
                    var object = line.json(detail: request.includesDetail)
                    if line.verdict == nil { object["error"] = line.detail["error"] }
                    await onResult(index, object)
                    return object
                } catch {
                    throw self.noted(ServiceProblem(error))
                }
            }
        }
    }

    /// Runs one program on its inputs, compiled once.
    func run(_ request: ProgramRequest, for client: Client) async throws(ServiceProblem) -> ProgramReport {
        let root = try await startedRoot()
        return try await asRequests(of: client, items: 1) { turn throws(ServiceProblem) in
            let reports = try await turn.lanes(1) { _ throws(ServiceProblem) in
                do throws(PluginError) {
                    let report = try await root.runner.run(
                        request.program, inputs: [request.input],
                        limits: request.limits?.bounded(by: self.options.most), stopAtFirstFailure: false)
                    self.metrics.count(report)
                    return report
                } catch {
                    if Task.isCancelled { throw ServiceProblem(.cancelled, "the request was called off") }
                    throw ServiceProblem(error)
                }
            }
            return reports[0]
        }
    }

    /// Compiles a program ahead of its run, which will find it compiled.
    ///
    /// - Returns: What came of it: a verdict of `time_limit_exceeded` when it took longer than `limit`, nil when the
    ///   language needs no compiling.
    func compile(
        _ program: SourceProgram, within limit: Duration, for client: Client
    ) async throws(ServiceProblem) -> CompileRecord? {
        let root = try await startedRoot()
        guard let plugin = root.registry.plugin(named: program.language), plugin.manifest.compile != nil else {
            return nil
        }
        return try await asRequests(of: client, items: 1) { turns throws(ServiceProblem) in
            try await turns.lanes(1) { _ throws(ServiceProblem) in
                let compiling = Task {
                    try await root.runner.run(program, inputs: [], limits: nil, stopAtFirstFailure: false)
                }
                let alarm = Task {
                    try await Task.sleep(for: limit)
                    compiling.cancel()
                }
                defer { alarm.cancel() }
                let result = await withTaskCancellationHandler {
                    await compiling.result
                } onCancel: {
                    compiling.cancel()
                }
                switch result {
                case .success(let report): return report.compile
                case .failure(let error):
                    if Task.isCancelled { throw ServiceProblem(.cancelled, "the request was called off") }
                    if compiling.isCancelled { return CompileRecord(verdict: .timeLimitExceeded, wallTime: limit) }
                    throw (error as? PluginError).map { ServiceProblem($0) } ?? ServiceProblem(.internal, "\(error)")
                }
            }[0]
        }
    }

    /// Makes tasks of the snippets of a request.
    ///
    /// - Returns: The rows in the order of the snippets, and the counts.
    func tasks(
        _ request: TasksRequest, for client: Client
    ) async throws(ServiceProblem) -> (rows: [JSONObject], report: JSONObject) {
        try refuse(request.snippets.count, of: "snippets")
        let maker = TaskMaker(try await startedRoot(), request.generation)
        let made = try await asRequests(of: client, items: request.snippets.count) { turns throws(ServiceProblem) in
            try await turns.lanes(request.snippets.count) { index throws(ServiceProblem) in
                do throws(PipelineError) {
                    return try await maker.make(request.snippets[index], place: index)
                } catch {
                    if Task.isCancelled { throw ServiceProblem(.cancelled, "the request was called off") }
                    throw ServiceProblem(error)
                }
            }
        }
        return (made.flatMap(\.rows), GenerationStatistics(made).json)
    }

    /// The languages, as `retort plugins list --json` has them.
    public var languages: [JSONValue] { root.registry.all.map { .object(PluginListing($0).json) } }

    /// How it does.
    public var health: JSONObject {
        let counts = queue.counts
        var object: JSONObject = [
            "status": .string(state.rawValue),
            "version": .string(Release.version),
            "isolation": root.isolation.map { .object(IsolationJSON.object($0)) } ?? .null,
            "slots": .integer(Int64(root.jobs)),
            "running": .integer(Int64(counts.running)),
            "queued": .integer(Int64(counts.waiting)),
            "uptime_s": .number(((ContinuousClock.now - started) / .milliseconds(1)).rounded() / 1000),
        ]
        if let failure = phase.withLock({ $0.failure }) { object["problem"] = .object(failure.json) }
        return object
    }

    /// What it has done so far, in the text format of Prometheus.
    public var metricsText: String {
        metrics.text(queue: queue.counts, slots: root.jobs, runs: root.statistics, state: state)
    }

    /// What it has done so far, for people.
    var statistics: JSONObject { metrics.json(runs: root.statistics) }

    // MARK: -

    /// The name of a language that a task gives by name or alias; one that nobody knows could be anything.
    private func name(of language: String?) -> String {
        language.flatMap { root.registry.plugin(named: $0) }?.manifest.name ?? "other"
    }

    func startedRoot() async throws(ServiceProblem) -> CompositionRoot {
        do throws(PipelineError) {
            return try await root.root()
        } catch {
            throw noted(ServiceProblem(error))
        }
    }

    private func refuse(_ count: Int, of things: String) throws(ServiceProblem) {
        guard count > options.itemsOfRequest else { return }
        throw ServiceProblem(
            .tooLarge, "\(count) \(things), more than the limit of \(options.itemsOfRequest)",
            hint: "ask for them in several requests")
    }

    /// Remembers that there is no sandbox: it will not come by itself.
    private func noted(_ problem: ServiceProblem) -> ServiceProblem {
        if problem.code == .noSandbox { phase.withLock { $0.failure = problem } }
        return problem
    }

    /// Does something on behalf of a client, with room for its items.
    private func asRequests<Value: Sendable>(
        of client: Client, items: Int, _ body: (Turns) async throws(ServiceProblem) -> Value
    ) async throws(ServiceProblem) -> Value {
        try queue.reserve(items)
        defer { queue.release(items) }
        let requester = enter(client)
        defer { leave(client) }
        let turns = Turns(queue: queue, client: client, patience: options.patience, width: 2 * root.jobs)
        let result = await Requester.$current.withValue(requester) { () async -> Result<Value, ServiceProblem> in
            do throws(ServiceProblem) {
                return .success(try await body(turns))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func enter(_ client: Client) -> Requester {
        requesters.withLock { requesters in
            let requester = requesters[client]?.requester ?? Requester()
            requesters[client] = (requester, (requesters[client]?.requests ?? 0) + 1)
            return requester
        }
    }

    private func leave(_ client: Client) {
        requesters.withLock { requesters in
            guard let (requester, requests) = requesters[client] else { return }
            requesters[client] = requests > 1 ? (requester, requests - 1) : nil
        }
    }
}
