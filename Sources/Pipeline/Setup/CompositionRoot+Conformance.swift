import LanguagePlugins

extension CompositionRoot {
    /// Runs the conformance run of languages, as many at once as there are slots.
    ///
    /// How each did is kept in the user's cache, where `retort plugins list` finds it.
    ///
    /// - Parameters:
    ///   - names: Names or aliases; none means every language whose toolchain is installed.
    ///   - repeats: How often the same program runs in a row.
    ///   - onEnd: Told in a line of each language that is done.
    /// - Throws: `PipelineError` when a name is that of no language.
    public func verifyPlugins(
        _ names: [String], repeats: Int,
        onEnd: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws(PipelineError) -> ConformanceReport {
        let chosen =
            try names.isEmpty ? registry.all : names.map { name throws(PipelineError) in try plugin(named: name) }
        let fresh = ProgramRunner(registry: registry, sandbox: sandbox, cache: nil)
        do throws(PluginError) {
            let languages = try await Conformance.verify(
                chosen.filter(\.isAvailable), runner: runner, fresh: fresh, width: jobs, repeats: repeats
            ) { language in
                onEnd("\(language.plugin) \(language.passed ? "conforms" : "does not conform")")
            }
            for language in languages { ConformanceMemory(language).keep() }
            return ConformanceReport(
                languages: languages, unavailable: chosen.filter { !$0.isAvailable }.map(PluginListing.init),
                refused: names.isEmpty ? registry.refused : [], isStrict: !names.isEmpty)
        } catch {
            throw PipelineError(error)
        }
    }

    /// The language of that name or alias.
    func plugin(named name: String) throws(PipelineError) -> LanguagePlugin {
        do throws(PluginError) { return try registry.requirePlugin(named: name) } catch { throw PipelineError(error) }
    }
}
