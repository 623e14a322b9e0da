import Synchronization

/// Shows how far trainings are that run side by side, in one line.
final class AblationBoard: Sendable {
    private struct State {
        var done: Int
        var lines: [(name: String, line: String)] = []
    }

    private let total: Int
    private let target: TrainingObserver
    private let state: Mutex<State>

    init(done: Int, of total: Int, observer: TrainingObserver) {
        self.total = total
        target = observer
        state = Mutex(State(done: done))
    }

    /// Who is told of one training.
    func observer(of name: String) -> TrainingObserver {
        TrainingObserver(
            note: { [target] in target.note("\(name): \($0)") },
            progress: { [self] line in
                // How far it is stands in front; its figures are in its folder.
                let place = line.split(separator: " ").prefix(2).joined(separator: " ")
                show { lines in
                    if let known = lines.firstIndex(where: { $0.name == name }) {
                        lines[known].line = place
                    } else {
                        lines.append((name, place))
                    }
                }
            })
    }

    /// Takes a training that is finished from the line.
    func finish(_ name: String) {
        state.withLock { $0.done += 1 }
        show { lines in lines.removeAll { $0.name == name } }
    }

    private func show(_ change: (inout [(name: String, line: String)]) -> Void) {
        let text = state.withLock { state in
            change(&state.lines)
            return "\(state.done) of \(total)" + state.lines.map { "; \($0.name): \($0.line)" }.joined()
        }
        target.progress(text)
    }
}
