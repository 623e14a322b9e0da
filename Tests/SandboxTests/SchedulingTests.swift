import Testing

@testable import Sandbox

@Suite("Runs that compete", .serialized)
struct SchedulingTests {
    private static let sleeper = SandboxCommand(
        arguments: ["/bin/sleep", "60"], limits: ResourceLimits(wallTime: .seconds(60)))
    private static let echo = SandboxCommand(arguments: ["/bin/echo", "x"])

    /// Waits until so many runs wait for a slot, so that the order in which they came is known.
    private func wait(for count: Int, on sandbox: SandboxRunner) async throws {
        while sandbox.queuedRuns != count { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Waits until a run has a slot and the queue is empty.
    private func hold(_ sandbox: SandboxRunner) async throws -> Task<Result<ExecutionResult, SandboxError>, Never> {
        let task = Task { () async -> Result<ExecutionResult, SandboxError> in
            do throws(SandboxError) { return .success(try await sandbox.run(Self.sleeper)) } catch {
                return .failure(error)
            }
        }
        while sandbox.runsUnderWay == 0 { try await Task.sleep(for: .milliseconds(2)) }
        return task
    }

    @Test("go round between requesters, and a cancelled run makes room at once", .timeLimit(.minutes(5)))
    func fairness() async throws {
        let sandbox = try SandboxRunner(SandboxOptions(slots: 1))
        let blocker = try await hold(sandbox)
        let order = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<20 {
                group.addTask {
                    try await Requester.$current.withValue(Self.large) { _ = try await sandbox.run(Self.echo) }
                    return "large"
                }
                try await wait(for: index + 1, on: sandbox)
            }
            for index in 0..<3 {
                group.addTask {
                    try await Requester.$current.withValue(Self.small) {
                        let result = try await sandbox.run(Self.echo)
                        #expect(result.usage.queueTime > .zero)
                    }
                    return "small"
                }
                try await wait(for: 21 + index, on: sandbox)
            }
            blocker.cancel()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        // With one slot the ends have the order of the beginnings, but for two that end on different threads at once.
        let places = order.indices.filter { order[$0] == "small" }
        #expect(places.count == 3)
        #expect((places.last ?? .max) <= 7, "\(places)")
        #expect(await blocker.value.failure?.isCancellation == true)
    }

    private static let large = Requester()
    private static let small = Requester()

    @Test("wait while one is alone", .timeLimit(.minutes(5)))
    func alone() async throws {
        let sandbox = try SandboxRunner(SandboxOptions(slots: 2))
        let first = try await hold(sandbox)
        let order = try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask {
                let result = try await sandbox.run(Self.echo, alone: true)
                #expect(result.usage.companions == 0)
                return "alone"
            }
            try await wait(for: 1, on: sandbox)
            for index in 0..<3 {
                group.addTask {
                    _ = try await sandbox.run(Self.echo)
                    return "other"
                }
                // The second slot is free, and yet they wait.
                try await wait(for: 2 + index, on: sandbox)
            }
            first.cancel()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(order == ["alone", "other", "other", "other"])
        #expect(await first.value.failure?.isCancellation == true)
    }

    @Test("leave the queue when they are cancelled", .timeLimit(.minutes(5)))
    func leaving() async throws {
        let sandbox = try SandboxRunner(SandboxOptions(slots: 1))
        let blocker = try await hold(sandbox)
        for alone in [false, true] {
            let waiting = Task { try await sandbox.run(Self.echo, alone: alone) }
            try await wait(for: 1, on: sandbox)
            waiting.cancel()
            await #expect(throws: SandboxError.self) { _ = try await waiting.value }
            #expect(sandbox.queuedRuns == 0)
        }
        let late = Task { try await sandbox.run(Self.echo) }
        try await wait(for: 1, on: sandbox)
        blocker.cancel()
        #expect(try await late.value.stdout.text == "x\n")
        #expect(await blocker.value.failure?.isCancellation == true)
    }

    @Test("that are cancelled leave their slot as good as new", .timeLimit(.minutes(5)))
    func reuse() async throws {
        let sandbox = try SandboxRunner(SandboxOptions(slots: 1))
        for _ in 0..<20 {
            let task = Task { try await sandbox.run(Self.sleeper) }
            while sandbox.runsUnderWay == 0 { try await Task.sleep(for: .milliseconds(1)) }
            task.cancel()
            await #expect(throws: SandboxError.self) { _ = try await task.value }
            let result = try await sandbox.run(Self.echo)
            #expect(result.stdout.text == "x\n")
        }
        let large = SandboxCommand(
            arguments: ["/bin/sleep", "60"],
            inputFiles: [InputFile(path: "large", content: .bytes([UInt8](repeating: 0, count: 8 << 20)))])
        // Called off while the request is still on its way.
        for _ in 0..<5 {
            let task = Task { try await sandbox.run(large) }
            task.cancel()
            await #expect(throws: SandboxError.self) { _ = try await task.value }
        }
        #expect(try await sandbox.run(Self.echo).stdout.text == "x\n")
    }
}

extension Result {
    /// What went wrong.
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
