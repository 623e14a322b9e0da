import LanguagePlugins

/// Knows for each language who analyses its programs, and who runs many of them again.
final class AnalysisOffice: Sendable {
    private let desks: [String: AnalysisDesk]
    /// Who runs many programs at once, by the name of the language.
    let jointLooks: [String: JointLooks]

    /// Makes an office with a desk for each language that has an analyser.
    init(runner: ProgramRunner) {
        var desks: [String: AnalysisDesk] = [:]
        for plugin in runner.registry.all where plugin.manifest.analyser != nil && plugin.isAvailable {
            desks[plugin.manifest.name] = AnalysisDesk(runner: runner, language: plugin.manifest.name)
        }
        self.desks = desks
        var jointLooks: [String: JointLooks] = [:]
        for plugin in runner.registry.all where plugin.manifest.rerunner != nil && plugin.isAvailable {
            jointLooks[plugin.manifest.name] = JointLooks(runner: runner, language: plugin.manifest.name)
        }
        self.jointLooks = jointLooks
    }

    /// What can be done with a program: by the language's analyser, or else by its lexical rules.
    func analysis(of code: String, plugin: LanguagePlugin) async -> ProgramAnalysis {
        if let desk = desks[plugin.manifest.name], let analysis = await desk.analysis(of: code) { return analysis }
        return LexicalAnalyser.analyse(code, syntax: plugin.manifest.syntax)
    }
}
