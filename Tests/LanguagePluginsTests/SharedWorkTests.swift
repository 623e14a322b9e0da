import Synchronization
import Testing

@testable import LanguagePlugins

@Suite("Shared work", .timeLimit(.minutes(5)))
struct SharedWorkTests {
    /// Work that waits until it is let go, and counts how often it was begun.
    private final class Gate: Sendable {
        private let state = Mutex<(begun: Int, isOpen: Bool)>((0, false))

        var begun: Int { state.withLock { $0.begun } }

        func open() { state.withLock { $0.isOpen = true } }

        func work(_ result: Result<Int, PluginError>) async throws(PluginError) -> Int {
            state.withLock { $0.begun += 1 }
            while !state.withLock({ $0.isOpen }), !Task.isCancelled { await Task.yield() }
            if Task.isCancelled { throw PluginError(.sandbox, "called off") }
            return try result.get()
        }
    }

    private func value(
        _ shared: SharedWork<String, Int>, _ key: String, _ work: () async throws(PluginError) -> Int
    ) async -> Result<(value: Int, isOwn: Bool), PluginError> {
        do throws(PluginError) { return .success(try await shared.value(of: key, work)) } catch {
            return .failure(error)
        }
    }

    @Test("is done once for all who ask while it is under way")
    func once() async throws {
        let shared = SharedWork<String, Int>(count: 0)
        let gate = Gate()
        let answers = await withTaskGroup(of: (value: Int, isOwn: Bool)?.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try? await value(shared, "key") { () async throws(PluginError) -> Int in
                        try await gate.work(.success(7))
                    }.get()
                }
            }
            while gate.begun == 0 { await Task.yield() }
            gate.open()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0?.value == 7 })
        #expect(answers.count { $0?.isOwn == true } == gate.begun)
        // Nothing is kept: who asks now works.
        let later = try await value(shared, "key") { () async throws(PluginError) -> Int in 8 }.get()
        #expect(later.value == 8)
    }

    @Test("that failed is shared with nobody")
    func failures() async {
        let shared = SharedWork<String, Int>(count: 10)
        let gate = Gate()
        let failures = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let result = await value(shared, "key") { () async throws(PluginError) -> Int in
                        try await gate.work(.failure(PluginError(.sandbox, "a bad day")))
                    }
                    if case .failure = result { return true } else { return false }
                }
            }
            gate.open()
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 20)
        #expect(gate.begun == 20)
    }

    @Test("goes on when the one who works is called off", arguments: [0, 10])
    func successor(count: Int) async throws {
        let shared = SharedWork<String, Int>(count: count)
        let gate = Gate()
        let first = Task {
            await value(shared, "key") { () async throws(PluginError) -> Int in try await gate.work(.success(1)) }
        }
        while gate.begun == 0 { await Task.yield() }
        let others = (0..<5).map { _ in
            Task {
                await value(shared, "key") { () async throws(PluginError) -> Int in try await gate.work(.success(2)) }
            }
        }
        // One who only waits can be called off alone.
        others[0].cancel()
        await #expect(throws: PluginError.self) { _ = try await others[0].value.get() }
        first.cancel()
        await #expect(throws: PluginError.self) { _ = try await first.value.get() }
        gate.open()
        for other in others.dropFirst() { #expect(try await other.value.get().value == 2) }
    }

    @Test("is kept up to a number and a size, the oldest is forgotten first")
    func bounds() async throws {
        let shared = SharedWork<String, Int>(count: 3, capacity: 100) { _, value in value < 0 ? nil : value }
        func ask(_ key: String, _ size: Int) async throws -> Bool {
            try await value(shared, key) { () async throws(PluginError) -> Int in size }.get().isOwn
        }
        for key in ["a", "b", "c", "d"] { #expect(try await ask(key, 1)) }
        #expect(try await !ask("d", 1))
        #expect(try await !ask("b", 1))
        #expect(try await ask("a", 1), "a was the oldest of four")
        #expect(try await ask("large", 98), "and makes all but two go")
        #expect(try await !ask("large", 98))
        #expect(try await ask("b", 1))
        #expect(try await ask("larger than all", 101))
        #expect(try await ask("larger than all", 101), "what does not fit is not kept")
        #expect(try await !ask("large", 98), "and makes nothing go")
        #expect(try await ask("not to be kept", -1))
        #expect(try await ask("not to be kept", -1))
    }
}
