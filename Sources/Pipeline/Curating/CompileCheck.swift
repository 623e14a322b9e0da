import Curation
import JSON
import LanguagePlugins
import Tasks

/// Tells whether snippets compile, and whether they run, in the sandbox.
///
/// A language that is compiled is compiled, and run only where that is asked for. Another is run for a moment on no
/// input, and only an error of its parser speaks against it: what else goes wrong there is the snippet's own affair.
/// Languages that are not installed are not checked.
struct CompileCheck: Sendable {
    /// What is known of a snippet; later is better.
    enum Finding: Int, Sendable {
        /// It does not compile or parse.
        case broken
        /// It compiles or parses, or nobody can tell.
        case sound
        /// It runs to its end on no input.
        case runs
    }

    /// The names that parsers give to their errors.
    private static let parserErrors: Set<String> = ["SyntaxError", "IndentationError", "TabError", "syntax error"]

    private let root: CompositionRoot
    private let runsAll: Bool
    private let control: CurationControl

    /// Prepares a check.
    ///
    /// - Parameter runsAll: Whether compiled programs are run as well.
    init(_ root: CompositionRoot, runsAll: Bool, control: CurationControl) {
        self.root = root
        self.runsAll = runsAll
        self.control = control
    }

    /// What is known of each line's snippet; after an interruption the rest counts as sound.
    ///
    /// - Throws: `PipelineError` when the sandbox fails.
    func check(_ lines: [[UInt8]], defaultLanguage: String?) async throws(PipelineError) -> [Finding] {
        var results = [Finding](repeating: .sound, count: lines.count)
        let check = self
        do {
            try await withThrowingTaskGroup(of: (Int, Finding).self) { group in
                for (number, line) in lines.enumerated() where !control.search.isOver {
                    if number >= 2 * root.jobs, let (done, finding) = try await group.next() {
                        results[done] = finding
                    }
                    group.addTask { (number, try await check.find(line, defaultLanguage)) }
                }
                for try await (done, finding) in group { results[done] = finding }
            }
        } catch let error as PluginError {
            throw PipelineError(error)
        } catch {
            throw PipelineError(.user, "\(error)")
        }
        return results
    }

    private func find(_ line: [UInt8], _ defaultLanguage: String?) async throws -> Finding {
        let snippet = try Snippet(try JSONValue.parse(line), defaultLanguage: defaultLanguage ?? "text")
        guard let plugin = root.registry.plugin(named: snippet.language), plugin.isAvailable else { return .sound }
        let program = SourceProgram(language: plugin.manifest.name, source: Array(snippet.code.utf8), files: [:])
        let isRun = runsAll || plugin.manifest.compile == nil
        let report = try await root.runner.run(
            program, inputs: isRun ? [ProgramInput()] : [],
            limits: isRun ? TaskLimits(cpuTime: .seconds(1), wallTime: .seconds(3)) : nil,
            stopAtFirstFailure: false)
        if let compile = report.compile, compile.verdict != .accepted { return .broken }
        guard let run = report.runs.first else { return .sound }
        if let failure = run.failure?.type, Self.parserErrors.contains(failure) { return .broken }
        return run.verdict == .accepted ? .runs : .sound
    }
}
