import Glibc
import Synchronization

/// Hands out prepared slots, at most so many at once, first come first served.
///
/// Idle slots are kept by what they show, for preparing one costs as much as twenty runs; of those that nobody uses,
/// the longest unused are given up.
final class SlotPool: Sendable {
    private struct State {
        var free: Int
        var idle: [Slot] = []  // the last is the most recently used
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
        var nextWaiter: UInt64 = 0
        var isShutDown = false
    }

    private let configuration: SlotConfiguration
    private let launcher: String
    private let keptIdle: Int
    private let state: Mutex<State>

    init(_ configuration: SlotConfiguration, launcher: String, slots: Int, first: Slot) {
        self.configuration = configuration
        self.launcher = launcher
        keptIdle = slots * 8
        state = Mutex(State(free: slots, idle: [first]))
    }

    /// Waits for a turn and takes a slot; give it back with `release`, or end the turn with `discard`.
    func acquire(_ key: SlotKey) async throws(SandboxError) -> Slot {
        guard await turn() else { throw SandboxError(stage: "pool", message: "the sandbox has been shut down") }
        let kept = state.withLock { state -> Slot? in
            state.idle.lastIndex(where: { $0.key == key }).map { state.idle.remove(at: $0) }
        }
        if let kept, kept.isAlive { return kept }
        kept?.close()
        do throws(SandboxError) {
            return try await prepare(key)
        } catch {
            endTurn()
            throw error
        }
    }

    /// Gives a slot back for the next run.
    func release(_ slot: Slot) {
        let surplus = state.withLock { state -> Slot? in
            if state.isShutDown { return slot }
            state.idle.append(slot)
            return state.idle.count > keptIdle ? state.idle.removeFirst() : nil
        }
        surplus?.close()
        endTurn()
    }

    /// Ends a slot that cannot be trusted any more.
    func discard(_ slot: Slot) {
        slot.close()
        endTurn()
    }

    /// Ends every idle slot and refuses further turns; slots in use end when they come back.
    func shutdown() {
        let (idle, waiting) = state.withLock { state in
            state.isShutDown = true
            defer {
                state.idle = []
                state.waiting = []
            }
            return (state.idle, state.waiting)
        }
        for slot in idle { slot.close() }
        for waiter in waiting { waiter.continuation.resume(returning: false) }
    }

    private func turn() async -> Bool {
        await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> Bool? in
                if state.isShutDown { return false }
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.waiting.append((state.nextWaiter, continuation))
                state.nextWaiter += 1
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func endTurn() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    /// On a thread of its own, for preparing waits for the kernel.
    private func prepare(_ key: SlotKey) async throws(SandboxError) -> Slot {
        let (configuration, launcher) = (configuration, launcher)
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Slot, SandboxError>, Never>) in
            DetachedThread.run {
                do throws(SandboxError) {
                    let slot = try Slot.prepare(configuration, key, launcher: launcher)
                    continuation.resume(returning: .success(slot))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
