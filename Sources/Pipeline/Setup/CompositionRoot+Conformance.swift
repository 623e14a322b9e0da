import LanguagePlugins

extension CompositionRoot {
    /// Runs the examples of languages and compares the verdicts with those that the files' names tell.
    ///
    /// - Parameter names: Names or aliases; none means every language whose toolchain is installed.
    /// - Throws: `PipelineError` when a name is that of no language.
    public func verifyPlugins(_ names: [String]) async throws(PipelineError) -> ConformanceReport {
        let chosen =
            try names.isEmpty ? registry.all : names.map { name throws(PipelineError) in try plugin(named: name) }
        var rows: [ConformanceRow] = []
        var unavailable: [PluginListing] = []
        for plugin in chosen {
            if plugin.isAvailable {
                rows += await Conformance.verify(plugin, runner)
            } else {
                unavailable.append(PluginListing(plugin))
            }
        }
        return ConformanceReport(rows: rows, unavailable: unavailable, isStrict: !names.isEmpty)
    }

    /// The language of that name or alias.
    func plugin(named name: String) throws(PipelineError) -> LanguagePlugin {
        if let plugin = registry.plugin(named: name) { return plugin }
        let names = registry.all.map(\.manifest.name).joined(separator: ", ")
        throw PipelineError(.user, "unknown language '\(name)'", hint: "the languages are \(names)")
    }
}
