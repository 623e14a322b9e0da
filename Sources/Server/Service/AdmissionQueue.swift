import Synchronization

/// Lets so many items begin at once, clients in turn, and no more wait than the memory is meant for.
///
/// A request first reserves room for all its items, which is refused when there is none: whoever is told so at once can
/// ask elsewhere. Its items then wait for their turns. A request larger than the whole queue gets in when the queue is
/// empty.
final class AdmissionQueue: Sendable {
    private struct Ticket {
        let number: UInt64
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var running = 0
        var reserved = 0
        var waiting = 0
        var nextNumber: UInt64 = 0
        /// Clients whose items wait; the first is served next, and then goes to the end.
        var order: [Client] = []
        var lines: [Client: [Ticket]] = [:]
        var isClosed = false
    }

    private let width: Int
    private let capacity: Int
    private let state = Mutex(State())

    /// Makes a queue.
    ///
    /// - Parameters:
    ///   - width: Items under way at once.
    ///   - capacity: Items reserved at once.
    init(width: Int, capacity: Int) {
        self.width = width
        self.capacity = capacity
    }

    /// Items that wait for their turn, items under way, items that requests still hold.
    var counts: (waiting: Int, running: Int, reserved: Int) {
        state.withLock { ($0.waiting, $0.running, $0.reserved) }
    }

    /// Reserves room for the items of a request, to be given back by `release`.
    ///
    /// - Throws: `ServiceProblem` when there is none.
    func reserve(_ count: Int) throws(ServiceProblem) {
        let refusal: ServiceProblem? = state.withLock { state in
            if state.isClosed { return ServiceProblem(.draining, "the server is ending", hint: "ask another server") }
            guard state.reserved == 0 || state.reserved + count <= capacity else {
                return ServiceProblem(
                    .overloaded, "\(state.reserved) items wait already, and \(capacity) may", hint: "try again later")
            }
            state.reserved += count
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Gives room back.
    func release(_ count: Int) {
        state.withLock { $0.reserved -= count }
    }

    /// Waits for a turn, to be given back by `leave`.
    ///
    /// - Parameter patience: How long to wait; nil waits for ever.
    /// - Throws: `ServiceProblem` when the patience ends or the task is cancelled.
    func enter(_ client: Client, patience: Duration?) async throws(ServiceProblem) {
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        let alarm = patience.map { patience in
            Task {
                guard (try? await Task.sleep(for: patience)) != nil else { return }
                abandon(number)
            }
        }
        defer { alarm?.cancel() }
        let isAdmitted = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
                wait(Ticket(number: number, continuation: continuation), of: client)
                // Called off before there was a ticket to take back.
                if Task.isCancelled { abandon(number) }
            }
        } onCancel: {
            abandon(number)
        }
        if isAdmitted { return }
        if Task.isCancelled { throw ServiceProblem(.cancelled, "the request was called off") }
        throw ServiceProblem(.overloaded, "no turn came in time", hint: "try again later")
    }

    /// Gives a turn back.
    func leave() {
        change { $0.running -= 1 }
    }

    /// Takes no more requests; those that are inside go on.
    func close() {
        state.withLock { $0.isClosed = true }
    }

    // MARK: -

    private func wait(_ ticket: Ticket, of client: Client) {
        change { state in
            if state.lines[client] == nil { state.order.append(client) }
            state.lines[client, default: []].append(ticket)
            state.waiting += 1
        }
    }

    /// Takes a ticket out of its line, when it still waits there.
    private func abandon(_ number: UInt64) {
        let continuation: CheckedContinuation<Bool, Never>? = state.withLock { state in
            for (client, line) in state.lines {
                guard let place = line.firstIndex(where: { $0.number == number }) else { continue }
                state.lines[client]?.remove(at: place)
                if state.lines[client]?.isEmpty == true {
                    state.lines[client] = nil
                    state.order.removeAll { $0 == client }
                }
                state.waiting -= 1
                return line[place].continuation
            }
            return nil
        }
        continuation?.resume(returning: false)
    }

    private func change(_ body: (inout State) -> Void) {
        let admitted = state.withLock { state in
            body(&state)
            return next(&state)
        }
        for continuation in admitted { continuation.resume(returning: true) }
    }

    private func next(_ state: inout State) -> [CheckedContinuation<Bool, Never>] {
        var admitted: [CheckedContinuation<Bool, Never>] = []
        while state.running < width, !state.order.isEmpty {
            let client = state.order.removeFirst()
            guard var line = state.lines[client], !line.isEmpty else { continue }
            admitted.append(line.removeFirst().continuation)
            state.running += 1
            state.waiting -= 1
            state.lines[client] = line.isEmpty ? nil : line
            if !line.isEmpty { state.order.append(client) }
        }
        return admitted
    }
}
