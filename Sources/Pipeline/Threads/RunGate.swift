import Synchronization

/// Lets rollouts that execute something start: so many at once, the first of the input first.
///
/// A slow one at the head does not hold up those behind it, but what they come to has to be kept until it is done; so
/// once much is kept, only the head itself may start.
final class RunGate: Sendable {
    private struct State {
        var running = 0
        var keptBytes = 0
        /// The line whose score is to be written next.
        var head: Int
        var isClosed = false
        /// In the order of the input.
        var waiting: [Waiting] = []
    }

    private struct Waiting {
        let index: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private let state: Mutex<State>
    private let limit: Int
    private let byteLimit: Int

    /// Creates a gate.
    ///
    /// - Parameters:
    ///   - limit: Rollouts at once.
    ///   - keptBytes: Bytes of scores that may wait for those before them.
    ///   - head: The line whose score is to be written first.
    init(limit: Int, keptBytes: Int, head: Int) {
        self.limit = limit
        byteLimit = keptBytes
        state = Mutex(State(head: head))
    }

    /// Waits for the turn of a line.
    ///
    /// - Returns: Whether it may start, to be answered by `leave`; false once the gate is closed.
    func enter(_ index: Int) async -> Bool {
        await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
            change { state in
                // Most come in the order of the input already.
                let place = state.waiting.lastIndex { $0.index < index }.map { $0 + 1 } ?? 0
                state.waiting.insert(Waiting(index: index, continuation: continuation), at: place)
            }
        }
    }

    /// Takes back the place of a line that is done.
    ///
    /// - Parameter bytes: What its score holds until it is written.
    func leave(keeping bytes: Int) {
        change { state in
            state.running -= 1
            state.keptBytes += bytes
        }
    }

    /// Notes that scores were written.
    ///
    /// - Parameters:
    ///   - bytes: What they held, as said in `leave`.
    ///   - head: The line whose score is to be written next.
    func wrote(bytes: Int, head: Int) {
        change { state in
            state.keptBytes -= bytes
            state.head = head
        }
    }

    /// Sends everybody away.
    func close() {
        change { $0.isClosed = true }
    }

    // MARK: -

    private func change(_ body: (inout State) -> Void) {
        let woken = state.withLock { state in
            body(&state)
            return next(&state)
        }
        for (continuation, answer) in woken { continuation.resume(returning: answer) }
    }

    private func next(_ state: inout State) -> [(CheckedContinuation<Bool, Never>, Bool)] {
        if state.isClosed {
            defer { state.waiting = [] }
            return state.waiting.map { ($0.continuation, false) }
        }
        var woken: [(CheckedContinuation<Bool, Never>, Bool)] = []
        while state.running < limit, let first = state.waiting.first,
            state.keptBytes < byteLimit || first.index == state.head
        {
            state.waiting.removeFirst()
            state.running += 1
            woken.append((first.continuation, true))
        }
        return woken
    }
}
