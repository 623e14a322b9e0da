import Synchronization
import Testing

@testable import Server

@Suite("The admission queue")
struct AdmissionQueueTests {
    @Test("refuses a request for which there is no room, and takes it once there is")
    func refusesWhenFull() throws {
        let queue = AdmissionQueue(width: 1, capacity: 10)
        try queue.reserve(8)
        #expect(throws: ServiceProblem.self) { try queue.reserve(3) }
        queue.release(8)
        try queue.reserve(3)
        #expect(queue.counts.reserved == 3)
    }

    @Test("takes a request that is larger than itself when it is empty")
    func takesLargeRequests() throws {
        let queue = AdmissionQueue(width: 1, capacity: 10)
        try queue.reserve(1000)
        #expect(throws: ServiceProblem.self) { try queue.reserve(1) }
    }

    @Test("lets clients take turns, however many items one of them has")
    func goesRound() async throws {
        let queue = AdmissionQueue(width: 1, capacity: 100)
        try await queue.enter(Client("holder"), patience: nil)
        let order = Order()
        await withTaskGroup(of: Void.self) { group in
            for (name, count) in [("large", 5), ("small", 1)] {
                for _ in 0..<count {
                    group.addTask {
                        try? await queue.enter(Client(name), patience: nil)
                        order.add(name)
                        queue.leave()
                    }
                }
                while queue.counts.waiting < (name == "large" ? 5 : 6) { await Task.yield() }
            }
            queue.leave()
        }
        #expect(order.names.firstIndex(of: "small") == 1)
        #expect(queue.counts == (0, 0, 0))
    }

    @Test("tells who waited too long to come again")
    func patienceEnds() async throws {
        let queue = AdmissionQueue(width: 1, capacity: 10)
        try await queue.enter(Client("holder"), patience: nil)
        let problem = await #expect(throws: ServiceProblem.self) {
            try await queue.enter(Client("other"), patience: .milliseconds(20))
        }
        #expect(problem?.code == .overloaded)
        #expect(queue.counts.waiting == 0)
    }

    @Test("forgets who was called off, before or while they wait", arguments: [true, false])
    func cancellation(isEarly: Bool) async throws {
        let queue = AdmissionQueue(width: 1, capacity: 10)
        try await queue.enter(Client("holder"), patience: nil)
        let waiting = Task {
            if isEarly { while !Task.isCancelled { await Task.yield() } }
            try await queue.enter(Client("other"), patience: nil)
        }
        if !isEarly { while queue.counts.waiting == 0 { await Task.yield() } }
        waiting.cancel()
        let result = await waiting.result
        #expect(throws: ServiceProblem.self) { try result.get() }
        #expect(queue.counts.waiting == 0)
        queue.leave()
        #expect(queue.counts.running == 0)
    }

    @Test("takes nothing more once it is closed")
    func closing() {
        let queue = AdmissionQueue(width: 1, capacity: 10)
        queue.close()
        let problem = #expect(throws: ServiceProblem.self) { try queue.reserve(1) }
        #expect(problem?.code == .draining)
    }
}

/// Names in the order of their turns.
private final class Order: Sendable {
    private let state = Mutex<[String]>([])

    var names: [String] { state.withLock { $0 } }

    func add(_ name: String) { state.withLock { $0.append(name) } }
}
