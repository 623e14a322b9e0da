import Glibc
import Synchronization

/// Hands out prepared slots, at most so many at once, in the order of a `TurnQueue`.
///
/// Idle slots are kept by what they show, for preparing one costs as much as twenty runs; of those that nobody uses,
/// the longest unused are given up.
final class SlotPool: Sendable {
    /// A slot for one run, and how many turns had begun and ended before it.
    struct Lease {
        let slot: Slot
        fileprivate let mark: Int
    }

    /// What became of asking for a turn.
    private enum Turn {
        /// It has begun.
        case taken(mark: Int)
        case shutDown
        case cancelled
    }

    private struct State {
        var queue: TurnQueue
        var idle: [Slot] = []  // the last is the most recently used
        var waiting: [TurnQueue.Ticket: CheckedContinuation<Turn, Never>] = [:]
        var nextTicket: TurnQueue.Ticket = 0
        /// Turns that have begun so far.
        var begun = 0
        var isShutDown = false

        /// Begins a turn that has to wait for nobody; nil when it has to.
        mutating func beginAtOnce(_ ticket: TurnQueue.Ticket, for requester: Requester, alone: Bool) -> Turn? {
            guard !isShutDown else { return nil }
            queue.add(ticket, for: requester, alone: alone)
            guard queue.begin() == ticket else {
                _ = queue.remove(ticket)
                return nil
            }
            begun += 1
            return .taken(mark: begun - queue.running)
        }

        /// Begins the turns that may begin, to be resumed outside the lock.
        mutating func beginTurns() -> [(CheckedContinuation<Turn, Never>, Turn)] {
            var ready: [(CheckedContinuation<Turn, Never>, Turn)] = []
            while let ticket = queue.begin() {
                begun += 1
                guard let continuation = waiting.removeValue(forKey: ticket) else { continue }
                ready.append((continuation, .taken(mark: begun - queue.running)))
            }
            return ready
        }
    }

    private let configuration: SlotConfiguration
    private let launcher: String
    private let keptIdle: Int
    private let state: Mutex<State>

    init(_ configuration: SlotConfiguration, launcher: String, slots: Int, first: Slot) {
        self.configuration = configuration
        self.launcher = launcher
        keptIdle = slots * 8
        state = Mutex(State(queue: TurnQueue(width: slots), idle: [first]))
    }

    /// Waits for a turn and takes a slot; give it back with `release`, or end the turn with `discard`.
    ///
    /// - Parameter alone: Whether no other slot may be in use in the meantime.
    /// - Throws: `SandboxError`, also when the task is cancelled while it waits: it then leaves the queue at once.
    func acquire(_ key: SlotKey, alone: Bool) async throws(SandboxError) -> Lease {
        let mark: Int
        switch await turn(alone: alone) {
        case .taken(let begun): mark = begun
        case .cancelled: throw .cancelled
        case .shutDown: throw SandboxError(stage: "pool", message: "the sandbox has been shut down")
        }
        let kept = state.withLock { state -> Slot? in
            state.idle.lastIndex(where: { $0.key == key }).map { state.idle.remove(at: $0) }
        }
        if let kept, kept.isAlive { return Lease(slot: kept, mark: mark) }
        kept?.close()
        do throws(SandboxError) {
            return Lease(slot: try await prepare(key), mark: mark)
        } catch {
            endTurn()
            throw error
        }
    }

    /// How many turns are waited for.
    var queued: Int { state.withLock { $0.waiting.count } }

    /// How many turns are taken.
    var running: Int { state.withLock { $0.queue.running } }

    /// How many other turns were taken while this one has been.
    func companions(of lease: Lease) -> Int {
        // Those that were taken at its start count from the mark on, those that began since follow, and one is itself.
        state.withLock { $0.begun - lease.mark - 1 }
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
                state.waiting = [:]
            }
            return (state.idle, state.waiting.values)
        }
        for slot in idle { slot.close() }
        for continuation in waiting { continuation.resume(returning: .shutDown) }
    }

    private func turn(alone: Bool) async -> Turn {
        let requester = Requester.current
        let (ticket, begun) = state.withLock { state -> (TurnQueue.Ticket, Turn?) in
            state.nextTicket += 1
            return (state.nextTicket, state.beginAtOnce(state.nextTicket, for: requester, alone: alone))
        }
        if let begun, !Task.isCancelled { return begun }
        if begun != nil { endTurn(); return .cancelled }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state -> [(CheckedContinuation<Turn, Never>, Turn)] in
                    if state.isShutDown { return [(continuation, .shutDown)] }
                    // The handler may have run before there was anything to take back.
                    if Task.isCancelled { return [(continuation, .cancelled)] }
                    state.waiting[ticket] = continuation
                    state.queue.add(ticket, for: requester, alone: alone)
                    return state.beginTurns()
                }
                for (continuation, turn) in ready { continuation.resume(returning: turn) }
            }
        } onCancel: {
            let (cancelled, ready) = state.withLock { state in
                let isQueued = state.queue.remove(ticket)
                // One that waited to be alone held up the others.
                return (isQueued ? state.waiting.removeValue(forKey: ticket) : nil, state.beginTurns())
            }
            cancelled?.resume(returning: .cancelled)
            for (continuation, turn) in ready { continuation.resume(returning: turn) }
        }
    }

    private func endTurn() {
        let ready = state.withLock { state in
            state.queue.end()
            return state.isShutDown ? [] : state.beginTurns()
        }
        for (continuation, turn) in ready { continuation.resume(returning: turn) }
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
