import Curation
import JSON
import LanguagePlugins
import Tasks

/// Tells whether snippets compile, in the sandbox.
///
/// A language that is compiled is compiled and not run. Another is run for a moment on no input, and only an error of
/// its parser counts: what else goes wrong there is the snippet's own affair. Languages that are not installed are not
/// checked.
struct CompileCheck: Sendable {
    /// The names that parsers give to their errors.
    private static let parserErrors: Set<String> = ["SyntaxError", "IndentationError", "TabError", "syntax error"]

    private let root: CompositionRoot
    private let control: CurationControl

    init(_ root: CompositionRoot, control: CurationControl) {
        self.root = root
        self.control = control
    }

    /// Whether each line's snippet compiles; after an interruption the rest counts as if it did.
    ///
    /// - Throws: `PipelineError` when the sandbox fails.
    func check(_ lines: [[UInt8]], defaultLanguage: String?) async throws(PipelineError) -> [Bool] {
        var results = [Bool](repeating: true, count: lines.count)
        let check = self
        do {
            try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
                for (number, line) in lines.enumerated() where !control.search.isOver {
                    if number >= 2 * root.jobs, let (done, compiles) = try await group.next() {
                        results[done] = compiles
                    }
                    group.addTask { (number, try await check.compiles(line, defaultLanguage)) }
                }
                for try await (done, compiles) in group { results[done] = compiles }
            }
        } catch let error as PluginError {
            throw PipelineError(error)
        } catch {
            throw PipelineError(.user, "\(error)")
        }
        return results
    }

    private func compiles(_ line: [UInt8], _ defaultLanguage: String?) async throws -> Bool {
        let snippet = try Snippet(try JSONValue.parse(line), defaultLanguage: defaultLanguage ?? "text")
        guard let plugin = root.registry.plugin(named: snippet.language), plugin.isAvailable else { return true }
        let program = SourceProgram(language: plugin.manifest.name, source: Array(snippet.code.utf8), files: [:])
        let isCompiled = plugin.manifest.compile != nil
        let report = try await root.runner.run(
            program, inputs: isCompiled ? [] : [ProgramInput()],
            limits: isCompiled ? nil : TaskLimits(cpuTime: .seconds(1), wallTime: .seconds(3)),
            stopAtFirstFailure: false)
        if let compile = report.compile, compile.verdict != .accepted { return false }
        guard let failure = report.runs.first?.failure?.type else { return true }
        return !Self.parserErrors.contains(failure)
    }
}
