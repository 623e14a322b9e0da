import LanguagePlugins
import Tasks

/// Where runs are brought that are to be seen a second time: many of them in one process, whoever asks.
///
/// What it says is believed only where it is what was seen before, each time in a process of its own; so nothing depends
/// on who came along.
struct SecondLookDesk: Sendable {
    private let desk: BatchDesk<SeenRun, ExecutionRecord?>

    init(runner: ProgramRunner, language: String) {
        // A process takes as long to start as it takes for two dozen programs.
        desk = BatchDesk(company: 24) { runs in
            (try? await runner.observeTogether(runs, language: language)) ?? runs.map { _ in nil }
        }
    }

    /// What a program did when it was seen again; nil when that was not told.
    func look(_ run: SeenRun) async -> ExecutionRecord? { await desk.answer(to: run) }
}
