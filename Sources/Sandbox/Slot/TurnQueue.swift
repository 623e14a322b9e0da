/// Whose turn it is: a ring of requesters, and first come first served within each.
///
/// A turn may be asked for alone. Such a one waits until every other has ended, and from then on none begins but other
/// turns alone, one after another: draining costs idle cores, so one draining serves all who wait for it. That ends, for
/// a turn alone is only ever asked for after an ordinary one.
struct TurnQueue {
    /// The number of a turn, given by who asks.
    typealias Ticket = UInt64

    /// Turns that may be taken at once.
    let width: Int
    /// Turns that are taken.
    private(set) var running = 0
    private var isHeldAlone = false
    private var ordinary = Ring()
    private var alone = Ring()

    init(width: Int) { self.width = width }

    /// Puts a ticket behind those of the same requester.
    mutating func add(_ ticket: Ticket, for requester: Requester, alone isAlone: Bool) {
        if isAlone { alone.append(ticket, for: requester) } else { ordinary.append(ticket, for: requester) }
    }

    /// Takes a ticket out; false when its turn has begun already.
    mutating func remove(_ ticket: Ticket) -> Bool {
        ordinary.remove(ticket) || alone.remove(ticket)
    }

    /// Begins the next turn that may begin now.
    mutating func begin() -> Ticket? {
        guard !isHeldAlone else { return nil }
        if !alone.isEmpty {
            guard running == 0, let ticket = alone.popFirst() else { return nil }
            isHeldAlone = true
            running = 1
            return ticket
        }
        guard running < width, let ticket = ordinary.popFirst() else { return nil }
        running += 1
        return ticket
    }

    /// Ends one of the turns that are taken.
    mutating func end() {
        running -= 1
        isHeldAlone = false
    }
}

/// Lines of tickets, one a requester, served in a ring.
private struct Ring {
    private struct Line {
        var tickets: [TurnQueue.Ticket] = []
        var head = 0
    }

    /// Requesters with tickets; the first is served next, and then goes to the end.
    private var order: [Requester] = []
    private var lines: [Requester: Line] = [:]
    /// Those that still wait; a ticket that was taken out stays in its line until it is met there.
    private var waiting: Set<TurnQueue.Ticket> = []

    var isEmpty: Bool { waiting.isEmpty }

    mutating func append(_ ticket: TurnQueue.Ticket, for requester: Requester) {
        waiting.insert(ticket)
        if lines[requester] == nil { order.append(requester) }
        lines[requester, default: Line()].tickets.append(ticket)
    }

    mutating func remove(_ ticket: TurnQueue.Ticket) -> Bool { waiting.remove(ticket) != nil }

    mutating func popFirst() -> TurnQueue.Ticket? {
        while !order.isEmpty {
            let requester = order.removeFirst()
            guard let ticket = next(of: requester) else { continue }
            if lines[requester] != nil { order.append(requester) }
            waiting.remove(ticket)
            return ticket
        }
        return nil
    }

    /// The requester's next ticket that still waits; a line that is used up is forgotten.
    private mutating func next(of requester: Requester) -> TurnQueue.Ticket? {
        guard var line = lines.removeValue(forKey: requester) else { return nil }
        var found: TurnQueue.Ticket?
        while line.head < line.tickets.count, found == nil {
            let ticket = line.tickets[line.head]
            line.head += 1
            if waiting.contains(ticket) { found = ticket }
        }
        if line.head < line.tickets.count {
            // What was served is given back in large pieces, so that each ticket is moved once or twice.
            if line.head > 1024 && line.head * 2 > line.tickets.count {
                line.tickets.removeFirst(line.head)
                line.head = 0
            }
            lines[requester] = line
        }
        return found
    }
}
