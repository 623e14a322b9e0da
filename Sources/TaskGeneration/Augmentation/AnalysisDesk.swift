import JSON
import LanguagePlugins

/// Where programs are brought to be analysed: by the language's own analyser in the sandbox, many in one run.
///
/// What an analyser says of a program does not depend on who came along with it: one that makes it fail is asked about
/// again alone.
struct AnalysisDesk: Sendable {
    private let desk: BatchDesk<String, ProgramAnalysis?>

    init(runner: ProgramRunner, language: String) {
        @Sendable func ask(_ programs: [String]) async -> [JSONValue?] {
            (try? await runner.analyse(programs, language: language)) ?? programs.map { _ in nil }
        }
        // An analyser takes as long to start as it takes for thirty programs.
        desk = BatchDesk(company: 32) { programs in
            var answers = await ask(programs)
            if programs.count > 1, answers.allSatisfy({ $0 == nil }) {
                answers = []
                for program in programs { answers += await ask([program]) }
            }
            return zip(programs, answers).map { ProgramAnalysis($1, of: $0) }
        }
    }

    /// What the analyser says of a program; nil when it cannot say anything.
    func analysis(of code: String) async -> ProgramAnalysis? { await desk.answer(to: code) }
}
