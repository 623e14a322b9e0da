import JSON
import LanguagePlugins

/// Where programs are brought to be analysed: by the language's own analyser in the sandbox, many in one run.
///
/// While a run is under way, those who come wait together, and the next run takes all of them. So a run costs a start for
/// each program when there is little to do, and a fraction of one when there is much. What an analyser says of a program
/// does not depend on who came along with it: one that makes it fail is asked about again alone.
actor AnalysisDesk {
    private struct Visitor {
        var code: String
        var answer: CheckedContinuation<ProgramAnalysis?, Never>
    }

    private static let batch = 64
    /// An analyser takes as long to start as it takes for thirty programs, so a few wait for company.
    private static let company = 32
    private static let patience = Duration.milliseconds(20)

    private let runner: ProgramRunner
    private let language: String
    private var waiting: [Visitor] = []
    private var isBusy = false

    init(runner: ProgramRunner, language: String) {
        self.runner = runner
        self.language = language
    }

    /// What the analyser says of a program; nil when it cannot say anything.
    func analysis(of code: String) async -> ProgramAnalysis? {
        await withCheckedContinuation { answer in
            waiting.append(Visitor(code: code, answer: answer))
            if !isBusy {
                isBusy = true
                Task { await self.work() }
            }
        }
    }

    private func work() async {
        while !waiting.isEmpty {
            if waiting.count < Self.company { try? await Task.sleep(for: Self.patience) }
            let visitors = Array(waiting.prefix(Self.batch))
            waiting.removeFirst(visitors.count)
            var answers = await ask(visitors.map(\.code))
            if visitors.count > 1, answers.allSatisfy({ $0 == nil }) {
                answers = []
                for visitor in visitors { answers += await ask([visitor.code]) }
            }
            for (visitor, answer) in zip(visitors, answers) {
                visitor.answer.resume(returning: ProgramAnalysis(answer, of: visitor.code))
            }
        }
        isBusy = false
    }

    private func ask(_ programs: [String]) async -> [JSONValue?] {
        do throws(PluginError) {
            return try await runner.analyse(programs, language: language)
        } catch {
            return programs.map { _ in nil }
        }
    }
}
