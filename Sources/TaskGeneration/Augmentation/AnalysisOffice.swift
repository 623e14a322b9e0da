import LanguagePlugins

/// Knows for each language who analyses its programs.
final class AnalysisOffice: Sendable {
    private let desks: [String: AnalysisDesk]

    /// Makes an office with a desk for each language that has an analyser.
    init(runner: ProgramRunner) {
        var desks: [String: AnalysisDesk] = [:]
        for plugin in runner.registry.all where plugin.manifest.analyser != nil && plugin.isAvailable {
            desks[plugin.manifest.name] = AnalysisDesk(runner: runner, language: plugin.manifest.name)
        }
        self.desks = desks
    }

    /// What can be done with a program: by the language's analyser, or else by its lexical rules.
    func analysis(of code: String, plugin: LanguagePlugin) async -> ProgramAnalysis {
        if let desk = desks[plugin.manifest.name], let analysis = await desk.analysis(of: code) { return analysis }
        return LexicalAnalyser.analyse(code, syntax: plugin.manifest.syntax)
    }
}
