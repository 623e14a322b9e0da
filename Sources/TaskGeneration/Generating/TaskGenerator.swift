public import LanguagePlugins
public import Tasks

/// Makes tasks of snippets: changes them, runs them for the truth, and asks for it forwards, backwards and sideways.
///
/// Every choice is a function of the seed, the epoch, the snippet and the task's number, and nothing else; so a snippet
/// gives the same tasks whatever is made of the others, and in whatever order.
public struct TaskGenerator: Sendable {
    let registry: PluginRegistry
    let runner: ProgramRunner
    private(set) var options: GenerationOptions
    let templates: PromptTemplates
    let office: AnalysisOffice
    let measure: PromptMeasure
    /// The greatest length of a prompt.
    let promptLimit: Int

    /// Makes a generator.
    ///
    /// - Parameter measure: What the length of a prompt is; characters by default.
    public init(
        runner: ProgramRunner, options: GenerationOptions = GenerationOptions(),
        templates: PromptTemplates = .standard,
        measure: PromptMeasure = .characters
    ) {
        registry = runner.registry
        office = AnalysisOffice(runner: runner)
        self.runner = runner
        self.options = options
        self.templates = templates
        self.measure = measure
        promptLimit = options.promptLength ?? measure.usualLimit
    }

    /// The same for another round, in which every snippet gives another task.
    public func inRound(_ epoch: UInt64) -> TaskGenerator {
        var other = self
        other.options.epoch = epoch
        return other
    }

    /// The threads on which it is best asked for tasks.
    public var executor: any TaskExecutor { runner.executor }

    /// What can be done with some snippets, found for all of them together; nil for those that are of no use.
    public func analyses(of snippets: [Snippet]) async -> [ProgramAnalysis?] {
        await withTaskGroup(of: (Int, ProgramAnalysis?).self) { group in
            for (place, snippet) in snippets.enumerated() {
                guard case .success(let plugin) = plugin(for: snippet) else { continue }
                group.addTask { (place, await office.analysis(of: snippet.code, plugin: plugin)) }
            }
            return await group.reduce(into: snippets.map { _ in nil }) { $0[$1.0] = $1.1 }
        }
    }

    /// The tasks of one snippet, and why others were not made.
    ///
    /// - Parameter analysis: What can be done with it, when that was found before.
    /// - Throws: `PluginError` when the sandbox failed twice; a snippet that nothing can be made of is an outcome.
    public func tasks(
        of snippet: Snippet, analysis: ProgramAnalysis? = nil
    ) async throws(PluginError) -> SnippetOutcome {
        let plugin: LanguagePlugin
        switch self.plugin(for: snippet) {
        case .success(let found): plugin = found
        case .failure(let drop): return SnippetOutcome(drops: [drop.reason])
        }
        var session = SnippetSession(snippet, plugin: plugin, generator: self)
        try await session.prepare(analysis)
        for index in 0..<options.tasksPerSnippet { try await session.makeTask(index) }
        return session.outcome
    }

    /// The language of a snippet, or why nothing is to be made of it.
    private func plugin(for snippet: Snippet) -> Result<LanguagePlugin, Drop> {
        if let reason = options.screening.reason(against: snippet.code) { return .failure(Drop(reason)) }
        guard let plugin = registry.plugin(named: snippet.language), plugin.isAvailable else {
            return .failure(Drop(.noLanguage))
        }
        // A prompt that shows more than it may need not be run for.
        return measure.length(snippet.code) > promptLimit ? .failure(Drop(.longPrompt)) : .success(plugin)
    }
}
