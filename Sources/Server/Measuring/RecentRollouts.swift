import JSON
import Pipeline
import Synchronization
import Tasks

/// Some of the rollouts that were scored last, for people who look.
///
/// What stands behind a score is only put together for those that are kept, a few a second.
final class RecentRollouts: Sendable {
    private struct State {
        var entries: [JSONObject] = []
        var next = 0
        var lastTaken = ContinuousClock.now - .seconds(60)
    }

    private static let capacity = 100
    private static let pause = Duration.milliseconds(200)
    private static let longestText = 8192

    private let state = Mutex(State())

    /// Whether the next rollout is wanted; whoever is told so keeps it.
    func wantsOne() -> Bool {
        state.withLock { state in
            let now = ContinuousClock.now
            guard now - state.lastTaken >= Self.pause else { return false }
            state.lastTaken = now
            return true
        }
    }

    /// Keeps a rollout with what stands behind its score.
    func keep(_ line: ScoreLine, of rollout: Rollout) {
        var entry = line.json(detail: false)
        let prompt = AnswerFormat.prompt(for: rollout.task).map(\.content).joined(separator: "\n\n")
        entry["prompt"] = .string(Self.cut(prompt))
        entry["completion"] = .string(Self.cut(rollout.completion.text))
        let cases = line.detail["cases"]?.array ?? []
        let failed = cases.firstIndex { $0["verdict"] != "accepted" }
        if let failed, failed < rollout.task.tests.count, let expected = rollout.task.tests[failed].expected {
            entry["expected"] = .string(Self.cut(expected))
            entry["actual"] = .string(Self.cut(cases[failed]["run"]?["stdout"]?.string ?? ""))
        } else if let truth = rollout.task.truth {
            entry["expected"] = .string(Self.cut(truth.stdout))
            let actual = line.detail["answers"]?["stdout"]?.string ?? line.detail["shown"]?["stdout"]?.string
            entry["actual"] = actual.map { .string(Self.cut($0)) }
        }
        state.withLock { state in
            if state.entries.count < Self.capacity {
                state.entries.append(entry)
            } else {
                state.entries[state.next] = entry
            }
            state.next = (state.next + 1) % Self.capacity
        }
    }

    /// What was kept, the newest first.
    var newestFirst: [JSONObject] {
        state.withLock { state in
            let start = state.entries.count < Self.capacity ? 0 : state.next
            return (Array(state.entries[start...]) + state.entries[..<start]).reversed()
        }
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= longestText
            ? text : String(decoding: text.utf8.prefix(longestText), as: UTF8.self) + "\u{2026}"
    }
}
