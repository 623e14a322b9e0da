import Synchronization
import Testing

@testable import Pipeline

@Suite("The gate of runs", .timeLimit(.minutes(5))) struct RunGateTests {
    /// Sends lines to a gate and notes which of them start.
    private final class Visitors: Sendable {
        let gate: RunGate
        let started = Mutex<[Int]>([])
        let turnedAway = Mutex<[Int]>([])

        init(_ gate: RunGate) { self.gate = gate }

        func enter(_ index: Int) async {
            if await gate.enter(index) {
                started.withLock { $0.append(index) }
            } else {
                turnedAway.withLock { $0.append(index) }
            }
        }

        /// Waits until so many have started.
        func started(_ count: Int) async -> [Int] {
            while true {
                let known = started.withLock { $0 }
                if known.count >= count { return known }
                await Task.yield()
            }
        }
    }

    @Test("lets the first of the input start first, so many at once")
    func order() async {
        let visitors = Visitors(RunGate(limit: 1, keptBytes: 1000, head: 0))
        await withDiscardingTaskGroup { group in
            group.addTask { await visitors.enter(7) }
            _ = await visitors.started(1)
            for index in [9, 3, 12, 1] { group.addTask { await visitors.enter(index) } }
            for _ in 0..<1000 { await Task.yield() }
            #expect(visitors.started.withLock { $0 } == [7])
            for count in 2...5 {
                visitors.gate.leave(keeping: 0)
                _ = await visitors.started(count)
            }
        }
        #expect(visitors.started.withLock { $0 } == [7, 1, 3, 9, 12])
    }

    @Test("lets only the head start while too much is kept")
    func kept() async {
        let visitors = Visitors(RunGate(limit: 3, keptBytes: 100, head: 0))
        await withDiscardingTaskGroup { group in
            group.addTask { await visitors.enter(1) }
            _ = await visitors.started(1)
            visitors.gate.leave(keeping: 100)
            group.addTask { await visitors.enter(2) }
            group.addTask { await visitors.enter(0) }
            #expect(await visitors.started(2) == [1, 0])
            for _ in 0..<1000 { await Task.yield() }
            #expect(visitors.started.withLock { $0 } == [1, 0])
            visitors.gate.leave(keeping: 5)
            visitors.gate.wrote(bytes: 105, head: 2)
            #expect(await visitors.started(3) == [1, 0, 2])
        }
    }

    @Test("turns everybody away once it is closed")
    func closed() async {
        let visitors = Visitors(RunGate(limit: 1, keptBytes: 100, head: 0))
        await withDiscardingTaskGroup { group in
            group.addTask { await visitors.enter(0) }
            _ = await visitors.started(1)
            group.addTask { await visitors.enter(1) }
            for _ in 0..<1000 { await Task.yield() }
            visitors.gate.close()
            group.addTask { await visitors.enter(2) }
        }
        #expect(visitors.started.withLock { $0 } == [0])
        #expect(visitors.turnedAway.withLock { $0.sorted() } == [1, 2])
    }
}
