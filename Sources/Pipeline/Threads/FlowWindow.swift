import Synchronization

/// Bounds how much is under way between the input and the output, in lines and in bytes.
///
/// A line counts from the moment it is read until its score is written, so a slow reader of the output, or one slow
/// program at the head, stops the reading of the input instead of filling the memory.
public final class FlowWindow: Sendable {
    private struct State {
        var lines = 0
        var bytes = 0
        var isClosed = false
        var waiting: (continuation: CheckedContinuation<Bool, Never>, forAll: Bool)?
    }

    private let state = Mutex(State())
    private let lineLimit: Int
    private let byteLimit: Int

    /// Creates an empty window.
    public init(lines: Int, bytes: Int) {
        precondition(lines > 0 && bytes > 0, "a window holds something")
        lineLimit = lines
        byteLimit = bytes
    }

    /// Waits until there is room, then counts lines that were read together.
    ///
    /// Those that fill the window may go over its bounds, so that a line larger than the whole window gets through.
    /// - Returns: Whether they may pass; false once the window is closed.
    /// - Precondition: one caller at a time.
    public func admit(lines: Int, bytes: Int) async -> Bool {
        guard await wait(forAll: false) else { return false }
        state.withLock { state in
            state.lines += lines
            state.bytes += bytes
        }
        return true
    }

    /// Waits until every line has left the window.
    ///
    /// - Returns: Whether they all have; false once the window is closed.
    /// - Precondition: one caller at a time.
    public func drain() async -> Bool { await wait(forAll: true) }

    /// Gives back what lines held.
    public func release(lines: Int, bytes: Int) {
        wake { state in
            state.lines -= lines
            state.bytes -= bytes
        }
    }

    /// Lets nothing through any more.
    public func close() {
        wake { $0.isClosed = true }
    }

    // MARK: -

    private func wait(forAll: Bool) async -> Bool {
        await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
            let answer = state.withLock { state -> Bool? in
                precondition(state.waiting == nil, "one caller at a time")
                let answer = self.answer(state, forAll: forAll)
                if answer == nil { state.waiting = (continuation, forAll) }
                return answer
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let woken = state.withLock { state -> (CheckedContinuation<Bool, Never>, Bool)? in
            change(&state)
            guard let waiting = state.waiting, let answer = self.answer(state, forAll: waiting.forAll) else {
                return nil
            }
            state.waiting = nil
            return (waiting.continuation, answer)
        }
        if let (continuation, answer) = woken { continuation.resume(returning: answer) }
    }

    /// Whether a caller may pass; nil when it has to wait.
    private func answer(_ state: State, forAll: Bool) -> Bool? {
        if state.isClosed { return false }
        let isFree = forAll ? state.lines == 0 : state.lines < lineLimit && state.bytes < byteLimit
        return isFree ? true : nil
    }
}
