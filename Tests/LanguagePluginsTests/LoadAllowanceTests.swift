import Sandbox
import Synchronization
import Testing

@testable import LanguagePlugins

@Suite("The load of the host")
struct LoadAllowanceTests {
    /// A run that was judged by 1 s of CPU and 3 s on the wall.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var termination = Termination.exited(0)
        var cpu: Int
        var wall: Int
        var load = 1.0
        var loadAtEnd = 1.0
        var companions = 0
        var alone = false
        var expected: LoadAllowance.Finding
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "far from every limit", cpu: 500, wall: 600, load: 4, companions: 3, expected: .stands),
        Case(name: "within the quarter, in company", cpu: 1100, wall: 1200, companions: 1, expected: .isDoubtful),
        Case(name: "within the quarter, on a loaded host", cpu: 1100, wall: 1200, load: 2, expected: .isDoubtful),
        Case(
            name: "within the quarter, the load came later", cpu: 1100, wall: 1200, loadAtEnd: 2, expected: .isDoubtful),
        Case(name: "within the quarter, with nobody to blame", cpu: 1100, wall: 1200, expected: .reached(.cpuTime)),
        Case(
            name: "failed within the quarter", termination: .exited(1), cpu: 1100, wall: 1200, companions: 1,
            expected: .isDoubtful),
        Case(
            name: "all of the quarter, in company", termination: .limitExceeded(.cpuTime), cpu: 1250, wall: 3000,
            load: 8, companions: 9, expected: .stands),
        Case(
            name: "too slow alone", termination: .limitExceeded(.cpuTime), cpu: 1000, wall: 1100, load: 8, alone: true,
            expected: .stands),
        Case(
            name: "a sleeper on the wall", termination: .limitExceeded(.wallTime), cpu: 10, wall: 3000, companions: 1,
            expected: .stands),
        Case(
            name: "a sleeper on a loaded host", termination: .limitExceeded(.wallTime), cpu: 10, wall: 12_000, load: 4,
            companions: 1, expected: .stands),
        Case(
            name: "a hungry one on the wall", termination: .limitExceeded(.wallTime), cpu: 900, wall: 12_000, load: 4,
            companions: 1, expected: .isDoubtful),
        Case(
            name: "a hungry one on the wall with nobody to blame", termination: .limitExceeded(.wallTime), cpu: 900,
            wall: 3000, expected: .stands),
        Case(
            name: "a hungry one alone in the engine", termination: .limitExceeded(.wallTime), cpu: 900, wall: 12_000,
            load: 4, alone: true, expected: .stands),
        Case(name: "held up, and done within the net", cpu: 900, wall: 9000, load: 4, companions: 1, expected: .stands),
        Case(
            name: "slept over the wall limit under the net of a loaded host", cpu: 10, wall: 9000, load: 4,
            companions: 1, expected: .reached(.wallTime)),
        Case(
            name: "memory that took all the time to be had", termination: .limitExceeded(.memory), cpu: 1000,
            wall: 1100,
            alone: true, expected: .stands),
        Case(
            name: "memory has nothing to do with load", termination: .limitExceeded(.memory), cpu: 100, wall: 200,
            load: 8, companions: 5, expected: .stands),
    ]

    @Test("is no reason to call a program slow", arguments: cases)
    func finding(given: Case) {
        let asked = ResourceLimits(cpuTime: .seconds(1), wallTime: .seconds(3))
        let allowance = LoadAllowance(asked: asked, load: given.load, isAlone: given.alone)
        let usage = ResourceUsage(
            cpuTime: .milliseconds(given.cpu), wallTime: .milliseconds(given.wall), companions: given.companions)
        let result = ExecutionResult.sample(given.termination, usage)
        #expect(allowance.finding(on: result, loadAtEnd: given.loadAtEnd) == given.expected)
    }

    /// Limits in milliseconds, and what a run is given at a load.
    struct Net: Sendable, CustomTestStringConvertible {
        var cpu: Int
        var wall: Int
        var load: Double
        var alone = false
        var givenCPU: Int
        var givenWall: Int
        var testDescription: String { "cpu \(cpu), wall \(wall), load \(load)\(alone ? ", alone" : "")" }
    }

    static let nets = [
        Net(cpu: 1000, wall: 3000, load: 1, givenCPU: 1250, givenWall: 3000),
        Net(cpu: 1000, wall: 3000, load: 4, givenCPU: 1250, givenWall: 12_000),
        Net(cpu: 1000, wall: 3000, load: 4, alone: true, givenCPU: 1000, givenWall: 12_000),
        // Equal limits are a time limit: the quarter must fit under the net.
        Net(cpu: 1000, wall: 1000, load: 1, givenCPU: 1250, givenWall: 1250),
        Net(cpu: 1000, wall: 1000, load: 1, alone: true, givenCPU: 1000, givenWall: 1000),
        // A shorter wall limit is meant as it is.
        Net(cpu: 5000, wall: 500, load: 1, givenCPU: 6250, givenWall: 500),
        Net(cpu: 5000, wall: 500, load: 1.5, givenCPU: 6250, givenWall: 500),
    ]

    @Test("stretches the net, and CPU time by a quarter", arguments: nets)
    func limits(given: Net) {
        let asked = ResourceLimits(cpuTime: .milliseconds(given.cpu), wallTime: .milliseconds(given.wall))
        let limits = LoadAllowance(asked: asked, load: given.load, isAlone: given.alone).given
        #expect(limits.cpuTime == .milliseconds(given.givenCPU))
        #expect(limits.wallTime == .milliseconds(given.givenWall))
        #expect(limits.memory == asked.memory)
    }

    @Test(
        "is read from what the kernel tells",
        arguments: [
            ("0.20 0.18 0.12 1/80 11206\n", 1.0), ("6.00 3.1 2.2 2/80 11206\n", 3.0), ("0.10 0.1 0.1 9/80 1\n", 4.5),
            ("900.1 1 1 1/1 1", 16.0), ("", 1.0), ("nan nan nan nan/nan", 1.0), ("-5 0 0 -7/1 0", 1.0),
            ("inf 0 0 1/1 0", 1.0), ("1 2 3", 1.0), ("x y z /", 1.0),
        ])
    func reading(text: String, expected: Double) {
        #expect(HostLoad.load(from: Array(text.utf8), processors: 2) == expected)
        #expect((1...16).contains(HostLoad().current))
    }
}

extension ExecutionResult {
    /// A result without output.
    static func sample(_ termination: Termination, _ usage: ResourceUsage) -> ExecutionResult {
        ExecutionResult(
            termination: termination, stdout: CapturedOutput(), stderr: CapturedOutput(), usage: usage,
            outputFiles: [:],
            isolation: IsolationReport(level: .full, layers: [], limits: [:]))
    }
}
