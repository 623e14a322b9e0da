import LanguagePlugins
import Tasks

/// Where runs are brought that are to be seen a second time: many of them in one process, whoever asks.
///
/// While a process is under way, those who come wait together, and the next one takes all of them. What it says is believed only
/// where it is what was seen before, each time in a process of its own; so nothing depends on who came along.
actor SecondLookDesk {
    private struct Visitor {
        var run: SeenRun
        var answer: CheckedContinuation<ExecutionRecord?, Never>
    }

    private static let batch = 64
    /// A process takes as long to start as it takes for a dozen programs, so a few wait for company.
    private static let company = 24
    private static let patience = Duration.milliseconds(20)

    private let runner: ProgramRunner
    private let language: String
    private var waiting: [Visitor] = []
    private var isBusy = false

    init(runner: ProgramRunner, language: String) {
        self.runner = runner
        self.language = language
    }

    /// What a program did when it was seen again; nil when that was not told.
    func look(_ run: SeenRun) async -> ExecutionRecord? {
        await withCheckedContinuation { answer in
            waiting.append(Visitor(run: run, answer: answer))
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
            let records = try? await runner.observeTogether(visitors.map(\.run), language: language)
            for (place, visitor) in visitors.enumerated() { visitor.answer.resume(returning: records?[place]) }
        }
        isBusy = false
    }
}
