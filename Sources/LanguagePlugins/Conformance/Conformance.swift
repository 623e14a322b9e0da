/// The conformance run: one definition of what every language must do.
///
/// Each check has an example in the plugin's folder, a program that is right for the language and does what the check
/// wishes. A check that does not apply is named in the manifest with the reason; what is neither shown nor excused fails.
public enum Conformance {
    /// How often the same program runs in a row, by default.
    public static let usualRepeats = 100

    /// Verifies languages, several at once.
    ///
    /// - Parameters:
    ///   - fresh: A runner that has no compiled programs, so that compiling is timed from nothing.
    ///   - width: How many languages are under way at once.
    ///   - repeats: How often the same program runs in a row.
    ///   - onEnd: Told of each language when it is done.
    /// - Returns: The languages in the order in which they were given.
    /// - Throws: `PluginError` when the host has no port on which the run could listen.
    public static func verify(
        _ plugins: [LanguagePlugin], runner: ProgramRunner, fresh: ProgramRunner, width: Int,
        repeats: Int = usualRepeats, onEnd: @escaping @Sendable (LanguageConformance) -> Void = { _ in }
    ) async throws(PluginError) -> [LanguageConformance] {
        try await Concurrently.map(plugins.count, width: width) { (index) throws(PluginError) in
            // Each has a port of its own, so that who was reached tells by whom.
            let run = ConformanceRun(
                plugin: plugins[index], runner: runner, fresh: fresh, witness: try HostWitness(), repeats: repeats)
            let conformance = await run.all()
            onEnd(conformance)
            return conformance
        } until: { _ in
            false
        }
    }
}
