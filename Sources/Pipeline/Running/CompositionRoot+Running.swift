import LanguagePlugins
import Tasks

extension CompositionRoot {
    /// Runs one program.
    ///
    /// - Throws: `PipelineError` when its language is not known or not installed, or when the sandbox fails. A program
    ///   that fails is a report.
    public func run(_ request: RunRequest) async throws(PipelineError) -> RunReport {
        let plugin = try plugin(for: request)
        let program = SourceProgram(language: plugin.manifest.name, source: request.source.bytes, files: [:])
        let limits = TaskLimits(
            cpuTime: request.timeLimit,
            wallTime: request.timeLimit,
            memory: request.memoryLimit
        )
        do throws(PluginError) {
            let input = ProgramInput(stdin: request.standardInput, arguments: request.arguments)
            let report = try await runner.run(program, inputs: [input], limits: limits, stopAtFirstFailure: false)
            return RunReport(report)
        } catch {
            throw PipelineError(error)
        }
    }

    private func plugin(for request: RunRequest) throws(PipelineError) -> LanguagePlugin {
        let names = registry.all.map(\.manifest.name).joined(separator: ", ")
        if let language = request.language { return try plugin(named: language) }
        guard let fileExtension = request.source.fileExtension else {
            throw PipelineError(
                .user,
                "the name '\(request.source.name)' does not tell the language",
                hint: "name it with --language: \(names)"
            )
        }
        guard let plugin = registry.plugin(ofFilesEndingIn: fileExtension) else {
            throw PipelineError(
                .user,
                "no language has files that end in '.\(fileExtension)'",
                hint: "name it with --language: \(names)"
            )
        }
        return plugin
    }
}
