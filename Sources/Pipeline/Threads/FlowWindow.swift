import Synchronization

/// Bounds how much is under way between the input and the output, in lines and in bytes.
///
/// A line counts from the moment it is read until its score is written, so a slow reader of the output, or one slow
/// program at the head, stops the reading of the input instead of filling the memory.
final class FlowWindow: Sendable {
    private struct State {
        var lines = 0
        var bytes = 0
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let lineLimit: Int
    private let byteLimit: Int

    /// Creates an empty window.
    init(lines: Int, bytes: Int) {
        precondition(lines > 0 && bytes > 0, "a window holds something")
        lineLimit = lines
        byteLimit = bytes
    }

    /// Waits until there is room for another line, then counts it.
    ///
    /// The line that fills the window may go over its bytes, so that one larger than the whole window gets through.
    /// - Precondition: one caller at a time.
    func admit(bytes: Int) async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let passes = state.withLock { state in
                precondition(state.waiting == nil, "one caller at a time")
                if isFree(state) { return true }
                state.waiting = continuation
                return false
            }
            if passes { continuation.resume() }
        }
        state.withLock { state in
            state.lines += 1
            state.bytes += bytes
        }
    }

    /// Gives back what a line held.
    func release(bytes: Int) {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.lines -= 1
            state.bytes -= bytes
            guard isFree(state) else { return nil }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    private func isFree(_ state: State) -> Bool {
        state.lines < lineLimit && state.bytes < byteLimit
    }
}
