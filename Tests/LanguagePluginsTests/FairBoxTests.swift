import Sandbox
import Synchronization
import Testing

@testable import LanguagePlugins

@Suite("A fair box")
struct FairBoxTests {
    /// What each attempt comes to, in order; the last is for all that follow.
    enum Step: Sendable {
        case ends(cpu: Int, companions: Int = 0)
        case reachesCPULimit(cpu: Int)
        case fails
        case isCalledOff
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var steps: [Step]
        /// Which attempts were to be alone.
        var alone: [Bool]
        /// nil for a failure of ours.
        var termination: Termination?
        var statistics: RunnerStatistics
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "runs once what is far from its limit", steps: [.ends(cpu: 100, companions: 1)], alone: [false],
            termination: .exited(0), statistics: .sample(started: 1)),
        Case(
            name: "acquits one that is fast enough alone", steps: [.ends(cpu: 1100, companions: 1), .ends(cpu: 900)],
            alone: [false, true], termination: .exited(0),
            statistics: .sample(started: 2, triedAlone: 1, acquitted: 1)),
        Case(
            name: "convicts one that is too slow alone",
            steps: [.ends(cpu: 1100, companions: 1), .reachesCPULimit(cpu: 1000)], alone: [false, true],
            termination: .limitExceeded(.cpuTime), statistics: .sample(started: 2, triedAlone: 1)),
        Case(
            name: "does not try again what used all of the quarter", steps: [.reachesCPULimit(cpu: 1250)],
            alone: [false], termination: .limitExceeded(.cpuTime), statistics: .sample(started: 1)),
        Case(
            name: "does not try again what had nobody to blame", steps: [.ends(cpu: 1100)], alone: [false],
            termination: .limitExceeded(.cpuTime), statistics: .sample(started: 1)),
        Case(
            name: "gives a sandbox that fails one more chance", steps: [.fails, .ends(cpu: 1)], alone: [false, false],
            termination: .exited(0), statistics: .sample(started: 2, repaired: 1)),
        Case(
            name: "gives it one more chance alone, too",
            steps: [.ends(cpu: 1100, companions: 1), .fails, .ends(cpu: 900)], alone: [false, true, true],
            termination: .exited(0), statistics: .sample(started: 3, triedAlone: 1, acquitted: 1, repaired: 1)),
        Case(
            name: "gives up when the sandbox fails twice", steps: [.fails], alone: [false, false],
            termination: nil, statistics: .sample(started: 2, repaired: 1)),
        Case(
            name: "does not try again what was called off", steps: [.isCalledOff], alone: [false], termination: nil,
            statistics: .sample(started: 1)),
    ]

    @Test("judges no program by its neighbours", arguments: cases)
    func attempts(given: Case) async {
        let script = Script(given.steps)
        let counters = RunCounters()
        let box = FairBox(counters: counters, load: { 1 }) { command, alone throws(SandboxError) in
            try script.attempt(command, alone)
        }
        let command = SandboxCommand(
            arguments: ["x"], limits: ResourceLimits(cpuTime: .seconds(1), wallTime: .seconds(8)))
        var result: ExecutionResult?
        do throws(PluginError) { result = try await box.run(command) } catch { #expect(error.kind == .sandbox) }
        #expect(result?.termination == given.termination)
        #expect(script.alone.withLock { $0 } == given.alone)
        #expect(counters.current == given.statistics)
        // Each attempt waited for a millisecond; that of a failed one is not known.
        if let result {
            #expect(result.usage.queueTime == .milliseconds(1 + given.statistics.triedAlone))
        }
    }

    /// Plays the steps of a case.
    private final class Script: Sendable {
        let alone = Mutex<[Bool]>([])
        private let steps: [Step]

        init(_ steps: [Step]) { self.steps = steps }

        func attempt(_ command: SandboxCommand, _ isAlone: Bool) throws(SandboxError) -> ExecutionResult {
            let count = alone.withLock { alone in
                alone.append(isAlone)
                return alone.count
            }
            #expect(command.limits.cpuTime == .milliseconds(isAlone ? 1000 : 1250))
            switch steps[min(count, steps.count) - 1] {
            case .ends(let cpu, let companions):
                return Self.result(.exited(0), cpu, companions)
            case .reachesCPULimit(let cpu):
                return Self.result(.limitExceeded(.cpuTime), cpu, 1)
            case .fails: throw SandboxError(stage: "launcher", message: "a bad day")
            case .isCalledOff: throw SandboxError(stage: "cancelled", message: "called off")
            }
        }

        private static func result(_ termination: Termination, _ cpu: Int, _ companions: Int) -> ExecutionResult {
            .sample(
                termination,
                ResourceUsage(
                    cpuTime: .milliseconds(cpu), wallTime: .milliseconds(cpu), queueTime: .milliseconds(1),
                    companions: companions))
        }
    }
}

extension RunnerStatistics {
    fileprivate static func sample(
        started: Int, triedAlone: Int = 0, acquitted: Int = 0, repaired: Int = 0
    ) -> RunnerStatistics {
        var statistics = RunnerStatistics()
        statistics.started = started
        statistics.triedAlone = triedAlone
        statistics.acquitted = acquitted
        statistics.repaired = repaired
        return statistics
    }
}
