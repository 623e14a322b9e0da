import Synchronization
import Testing

@testable import Pipeline

@Suite("The window between input and output", .timeLimit(.minutes(5))) struct FlowWindowTests {
    /// The answer that a caller has got so far.
    private final class Answer: Sendable {
        let value = Mutex<Bool?>(nil)
    }

    /// How a caller that is let wait is answered, once something was done.
    private func answer(of waiting: @escaping @Sendable () async -> Bool, after change: () -> Void) async -> Bool {
        let answer = Answer()
        let caller = Task {
            let given = await waiting()
            answer.value.withLock { $0 = given }
            return given
        }
        for _ in 0..<1000 { await Task.yield() }
        #expect(answer.value.withLock { $0 } == nil, "it was to wait")
        change()
        return await caller.value
    }

    @Test("holds so many lines and bytes, and lets those that fill it go over")
    func bounds() async {
        let window = FlowWindow(lines: 10, bytes: 100)
        #expect(await window.admit(lines: 9, bytes: 10))
        #expect(await window.admit(lines: 5, bytes: 10))
        #expect(
            await answer(of: { await window.admit(lines: 1, bytes: 500) }) { window.release(lines: 5, bytes: 10) }
        )
        #expect(await answer(of: { await window.admit(lines: 1, bytes: 1) }) { window.release(lines: 1, bytes: 500) })
    }

    @Test("is drained when every line has left it")
    func drain() async {
        let window = FlowWindow(lines: 10, bytes: 100)
        #expect(await window.drain())
        #expect(await window.admit(lines: 3, bytes: 10))
        window.release(lines: 2, bytes: 10)
        #expect(await answer(of: { await window.drain() }) { window.release(lines: 1, bytes: 0) })
    }

    @Test("turns away who waits when it is closed, and everybody after")
    func close() async {
        let window = FlowWindow(lines: 1, bytes: 100)
        #expect(await window.admit(lines: 1, bytes: 1))
        #expect(await !answer(of: { await window.admit(lines: 1, bytes: 1) }) { window.close() })
        window.release(lines: 1, bytes: 1)
        #expect(await !window.admit(lines: 1, bytes: 1))
        #expect(await !window.drain())
    }
}
