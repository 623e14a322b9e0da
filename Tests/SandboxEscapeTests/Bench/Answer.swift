import Sandbox

/// What came of asking a sandbox to run something.
enum Answer: Sendable {
    /// It ran.
    case result(ExecutionResult)
    /// The sandbox itself failed.
    case failed(SandboxError)
    /// Nothing came within the time.
    case none

    /// Asks, and waits no longer than the time: a sandbox that hangs must be a failed test, not a test that hangs.
    static func of(_ runner: SandboxRunner, _ command: SandboxCommand, within time: Duration) async -> Answer {
        let (answers, continuation) = AsyncStream.makeStream(of: Answer.self)
        Task {
            do throws(SandboxError) {
                continuation.yield(.result(try await runner.run(command)))
            } catch {
                continuation.yield(.failed(error))
            }
        }
        let timer = Task {
            try? await Task.sleep(for: time)
            continuation.yield(.none)
        }
        defer { timer.cancel() }
        for await answer in answers { return answer }
        return .none
    }
}
