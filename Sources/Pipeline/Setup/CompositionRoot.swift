public import LanguagePlugins
public import Sandbox

/// The one place where plugins, a sandbox, a runner and rewards are put together.
public final class CompositionRoot: Sendable {
    /// What a caller may say about it.
    public struct Options: Sendable, Hashable {
        /// Folders of plugins that go before the usual ones.
        public var pluginFolders: [String]
        /// The weakest isolation that is acceptable.
        public var requiredLevel: IsolationLevel?
        /// Programs that run at once; nil means one a core.
        public var jobs: Int?
        /// Where results of runs are kept and looked up; nil runs everything.
        public var verdictCacheFolder: String?

        /// Creates options.
        public init(pluginFolders: [String] = [], requiredLevel: IsolationLevel? = nil, jobs: Int? = nil) {
            self.pluginFolders = pluginFolders
            self.requiredLevel = requiredLevel
            self.jobs = jobs
        }

        /// Programs that run at once, at least one.
        var concurrency: Int { max(1, jobs ?? Processors.count) }

        /// Creates options from the names that a command line gives.
        ///
        /// - Precondition: The level's name, where there is one, is that of a level.
        public init(pluginFolders: [String], requiredLevelName: String?, jobs: Int? = nil) {
            let level = requiredLevelName.map { name in
                guard let level = IsolationLevel(rawValue: name) else { preconditionFailure("no level \(name)") }
                return level
            }
            self.init(pluginFolders: pluginFolders, requiredLevel: level, jobs: jobs)
        }
    }

    /// The languages.
    public let registry: PluginRegistry
    /// Where programs run.
    public let sandbox: SandboxRunner
    /// What compiles and runs them there.
    public let runner: ProgramRunner
    /// Programs that run at once.
    public let jobs: Int

    /// Loads the plugins, then starts the sandbox.
    ///
    /// - Throws: `PipelineError`, of the kind `noSandbox` when the host offers less than is required.
    public convenience init(_ options: Options = Options()) throws(PipelineError) {
        let registry = try Self.registry(options.pluginFolders)
        try self.init(options, registry: registry, verdicts: Self.verdictCache(options.verdictCacheFolder))
    }

    /// Starts the sandbox for what was loaded before.
    init(_ options: Options, registry: PluginRegistry, verdicts: VerdictCache?) throws(PipelineError) {
        self.registry = registry
        jobs = options.concurrency
        do throws(SandboxError) {
            sandbox = try SandboxRunner(SandboxOptions(slots: jobs, require: options.requiredLevel))
        } catch {
            throw PipelineError(.noSandbox, "no sandbox: \(error.description)", hint: error.hint)
        }
        runner = ProgramRunner(
            registry: registry, sandbox: sandbox, cache: Self.cache(), store: Self.store(),
            // A single program has nothing better to do meanwhile.
            waits: jobs == 1, verdicts: verdicts)
    }

    /// Loads the plugins alone, for what needs no sandbox.
    public static func registry(_ folders: [String]) throws(PipelineError) -> PluginRegistry {
        let found = try PluginFolders.find(named: folders)
        do throws(PluginError) {
            return try PluginRegistry.load(folders: found)
        } catch {
            throw PipelineError(error)
        }
    }

    /// Waits for what is still being made for later compilations, so that the work is not lost with the process.
    public func settle() async { await runner.settle() }

    /// Ends every program that runs.
    public func shutdown() {
        sandbox.shutdown()
    }

    /// A cache of verdicts is asked for by name, so one that cannot be had is an error.
    static func verdictCache(_ folder: String?) throws(PipelineError) -> VerdictCache? {
        guard let folder else { return nil }
        do throws(PluginError) {
            return try VerdictCache(folder: folder)
        } catch {
            throw PipelineError(error)
        }
    }

    /// A cache that cannot be had costs time, not results.
    private static func cache() -> ArtifactCache? {
        UserFolders.cache.flatMap { try? ArtifactCache(folder: "\($0)/retort/artifacts") }
    }

    private static func store() -> PreparedStore? {
        UserFolders.shownCache.flatMap { try? PreparedStore(folder: "\($0)/retort/prepared") }
    }
}
