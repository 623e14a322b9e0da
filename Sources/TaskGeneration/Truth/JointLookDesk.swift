import LanguagePlugins
import Tasks

/// Where runs are brought that need no process of their own: many of them in one, whoever asks.
struct JointLookDesk: Sendable {
    private let desk: BatchDesk<JointRun, ExecutionRecord?>

    /// Makes a desk.
    ///
    /// - Parameter isFirst: Whether nothing is known of what is brought, so that each may take a short while only.
    init(runner: ProgramRunner, language: String, in surroundings: Surroundings, isFirst: Bool) {
        // A process takes as long to start as it takes for two dozen programs.
        desk = BatchDesk(company: 24) { runs in
            let records = try? await runner.observeTogether(
                runs, language: language, in: surroundings, isFirst: isFirst)
            return records ?? runs.map { _ in nil }
        }
    }

    /// What a program did; nil when it has to be run alone.
    func look(_ run: JointRun) async -> ExecutionRecord? { await desk.answer(to: run) }
}
