public import LanguagePlugins
public import Tasks

/// Makes tasks of snippets: changes them, runs them for the truth, and asks for it forwards, backwards and sideways.
///
/// Every choice is a function of the seed, the epoch, the snippet and the task's number, and nothing else; so a snippet
/// gives the same tasks whatever is made of the others, and in whatever order.
public struct TaskGenerator: Sendable {
    let registry: PluginRegistry
    let runner: ProgramRunner
    let options: GenerationOptions
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

    /// The threads on which it is best asked for tasks.
    public var executor: any TaskExecutor { runner.executor }

    /// The tasks of one snippet, and why others were not made.
    ///
    /// - Throws: `PluginError` when the sandbox failed twice; a snippet that nothing can be made of is an outcome.
    public func tasks(of snippet: Snippet) async throws(PluginError) -> SnippetOutcome {
        if let reason = options.screening.reason(against: snippet.code) { return SnippetOutcome(drops: [reason]) }
        guard let plugin = registry.plugin(named: snippet.language), plugin.isAvailable else {
            return SnippetOutcome(drops: [.noLanguage])
        }
        // A prompt that shows more than it may need not be run for.
        if measure.length(snippet.code) > promptLimit { return SnippetOutcome(drops: [.longPrompt]) }
        var session = SnippetSession(snippet, plugin: plugin, generator: self)
        try await session.prepare()
        for index in 0..<options.tasksPerSnippet { try await session.makeTask(index) }
        return session.outcome
    }
}
