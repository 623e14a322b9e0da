import Sandbox

/// Runs commands so that neither the load nor a bad day of the sandbox becomes a verdict.
final class FairBox: Sendable {
    /// What comes of one attempt at a command.
    typealias Attempt = @Sendable (SandboxCommand, _ alone: Bool) async throws(SandboxError) -> ExecutionResult

    private let attempt: Attempt
    private let load: @Sendable () -> Double
    private let counters: RunCounters

    /// Makes a box.
    ///
    /// - Parameters:
    ///   - load: Tasks a processor, now.
    ///   - attempt: Runs a command once.
    init(counters: RunCounters, load: @escaping @Sendable () -> Double, attempt: @escaping Attempt) {
        self.counters = counters
        self.load = load
        self.attempt = attempt
    }

    /// Runs a command; one that was near a limit among others once more alone.
    ///
    /// - Returns: The result that counts, with the time in the queue of all attempts.
    /// - Throws: `PluginError` when the sandbox fails twice, and when the run is called off.
    func run(_ command: SandboxCommand) async throws(PluginError) -> ExecutionResult {
        let first = try await run(command, alone: false)
        guard first.finding == .isDoubtful else { return first.result }
        counters.count(\.triedAlone)
        var second = try await run(command, alone: true).result
        second.usage.queueTime += first.result.usage.queueTime
        switch second.termination {
        case .limitExceeded(.cpuTime), .limitExceeded(.wallTime): break
        default: counters.count(\.acquitted)
        }
        return second
    }

    private func run(_ command: SandboxCommand, alone: Bool) async throws(PluginError)
        -> (result: ExecutionResult, finding: LoadAllowance.Finding)
    {
        let allowance = LoadAllowance(asked: command.limits, load: load(), isAlone: alone)
        var command = command
        command.limits = allowance.given
        var result = try await repaired(command, alone: alone)
        let finding = allowance.finding(on: result, loadAtEnd: load())
        if case .reached(let limit) = finding { result.termination = .limitExceeded(limit) }
        return (result, finding)
    }

    /// Runs a command; a sandbox that fails gets one more chance.
    private func repaired(_ command: SandboxCommand, alone: Bool) async throws(PluginError) -> ExecutionResult {
        do throws(SandboxError) {
            counters.count(\.started)
            return try await attempt(command, alone)
        } catch  where error.isCancellation {
            throw PluginError(error)
        } catch {
            do throws(SandboxError) {
                counters.count(\.repaired)
                counters.count(\.started)
                return try await attempt(command, alone)
            } catch {
                throw PluginError(error)
            }
        }
    }
}
