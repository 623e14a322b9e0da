public import LanguagePlugins
import Synchronization

/// A composition root whose sandbox is started when the first program is to be run, and not at all when none is.
///
/// Predictions need no sandbox: they are scored before one could be made, and on hosts that have none. Where a level of
/// isolation is demanded the sandbox is started at once, so that a host that cannot give it is told before the work.
public final class DeferredRoot: Sendable {
    private struct State {
        var root: CompositionRoot?
        var isShutDown = false
    }

    /// The languages.
    public let registry: PluginRegistry
    /// Programs that run at once.
    public let jobs: Int
    /// Folders of plugins that go before the usual ones.
    var pluginFolders: [String] { options.pluginFolders }
    private let verdicts: VerdictCache?
    private let options: CompositionRoot.Options
    private let starter = Starter()
    private let state = Mutex(State())

    /// Loads the plugins and opens the verdict cache.
    ///
    /// - Throws: `PipelineError`, of the kind `noSandbox` when the host offers less than is required.
    public init(_ options: CompositionRoot.Options = CompositionRoot.Options()) throws(PipelineError) {
        registry = try CompositionRoot.registry(options.pluginFolders)
        verdicts = try CompositionRoot.verdictCache(options.verdictCacheFolder)
        jobs = options.concurrency
        self.options = options
        if options.requiredLevel != nil { _ = try start() }
    }

    /// The root, with its sandbox.
    ///
    /// - Throws: `PipelineError`, of the kind `noSandbox` when there is none, at this and at every later call.
    public func root() async throws(PipelineError) -> CompositionRoot {
        if let startedRoot { return startedRoot }
        return try await starter.start(self)
    }

    /// The root, when its sandbox was started.
    var startedRoot: CompositionRoot? { state.withLock { $0.root } }

    /// Waits for what is still being made for later compilations, so that the work is not lost with the process.
    public func settle() async { await startedRoot?.settle() }

    /// Ends every program that runs; none is begun any more.
    public func shutdown() {
        let root = state.withLock { state in
            state.isShutDown = true
            return state.root
        }
        root?.shutdown()
    }

    // MARK: -

    fileprivate func start() throws(PipelineError) -> CompositionRoot {
        let root = try CompositionRoot(options, registry: registry, verdicts: verdicts)
        let isShutDown = state.withLock { state in
            state.root = root
            return state.isShutDown
        }
        if isShutDown { root.shutdown() }
        return root
    }
}

/// Starts one sandbox for all who ask; on a thread of its own, for it waits for processes.
private actor Starter {
    private let executor = ThreadExecutor(name: "sandbox")
    private var started: Result<CompositionRoot, PipelineError>?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func start(_ deferred: DeferredRoot) throws(PipelineError) -> CompositionRoot {
        if let started { return try started.get() }
        let result = Result { () throws(PipelineError) in try deferred.start() }
        started = result
        return try result.get()
    }
}
