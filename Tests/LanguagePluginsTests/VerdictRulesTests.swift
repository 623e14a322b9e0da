import Sandbox
import Tasks
import Testing

@testable import LanguagePlugins

@Suite("What is remembered of runs")
struct VerdictRulesTests {
    /// A run judged by 1 s of CPU, 4 s on the wall and 64 MiB.
    struct Case: Sendable, CustomTestStringConvertible {
        var verdict: Verdict
        var cpu = 10
        var wall = 20
        var megabytes = 8
        var lasts: Bool
        var testDescription: String { "\(verdict.rawValue), cpu \(cpu), wall \(wall), memory \(megabytes)" }
    }

    static let cases = [
        Case(verdict: .accepted, lasts: true), Case(verdict: .runtimeError, lasts: true),
        Case(verdict: .disallowedSyscall, lasts: true), Case(verdict: .outputLimitExceeded, lasts: true),
        Case(verdict: .accepted, cpu: 750, lasts: true), Case(verdict: .accepted, cpu: 751, lasts: false),
        Case(verdict: .accepted, wall: 3000, lasts: true), Case(verdict: .runtimeError, wall: 3001, lasts: false),
        Case(verdict: .accepted, megabytes: 56, lasts: true), Case(verdict: .accepted, megabytes: 57, lasts: false),
        Case(verdict: .timeLimitExceeded, cpu: 1250, wall: 1300, lasts: true),
        Case(verdict: .timeLimitExceeded, cpu: 1249, wall: 1300, lasts: false),
        Case(verdict: .timeLimitExceeded, cpu: 10, wall: 4000, lasts: false),
        Case(verdict: .memoryLimitExceeded, megabytes: 64, lasts: false),
        Case(verdict: .processLimitExceeded, lasts: false), Case(verdict: .internalError, lasts: false),
    ]

    @Test("is what lies far from its limits", arguments: cases)
    func rules(given: Case) {
        let record = ExecutionRecord(
            verdict: given.verdict,
            usage: Usage(
                cpuTime: .milliseconds(given.cpu), wallTime: .milliseconds(given.wall),
                peakMemory: given.megabytes << 20, processes: 1))
        let limits = ResourceLimits(cpuTime: .seconds(1), wallTime: .seconds(4), memory: 64 << 20)
        #expect(VerdictRules.lasts(record, limits: limits) == given.lasts)
    }

    @Test("has a key of everything that determines it")
    func keys() throws {
        let registry = try PluginFixture.registry.get()
        let python = try registry.availablePlugin(named: "python")
        let bash = try registry.availablePlugin(named: "bash")
        let isolation = IsolationReport(level: .full, layers: ["pid"], limits: ["memory": "cgroup"])
        let scope = VerdictKey.Scope(isolation, processor: "p")
        let base = RunRequest(
            program: SourceProgram(language: "python", source: Array("print(1)".utf8), files: ["a": [2]]),
            input: ProgramInput(stdin: [3], arguments: ["4"], call: nil), limits: TaskLimits(memory: 5))
        var requests = [base]
        func variant(_ change: (inout RunRequest) -> Void) {
            var request = base
            change(&request)
            requests.append(request)
        }
        variant { $0.program.source = [9] }
        variant { $0.program.files = [:] }
        variant { $0.program.files = ["b": [2]] }
        variant { $0.program.files = ["a": [9]] }
        variant { $0.program.files["b"] = [] }
        variant { $0.input.stdin = [] }
        variant { $0.input.arguments = [] }
        variant { $0.input.arguments = ["4", ""] }
        variant { $0.input.call = "f(1)" }
        variant { $0.input.edits = [LineEdit(index: 0, line: "print(2)")] }
        variant { $0.surroundings = .other }
        variant { $0.limits = nil }
        variant { $0.limits?.memory = 6 }
        variant { $0.limits?.cpuTime = .nanoseconds(5) }
        variant { $0.limits?.wallTime = .nanoseconds(5) }
        variant { $0.limits?.output = 5 }
        variant { $0.limits?.processes = 5 }
        variant { $0.mode = .call }
        let runner = try PluginFixture.runner()
        var keys = try zip(requests, runner.prepared(requests)).map { $1.key(of: $0, in: scope) }
        keys.append(VerdictKey(base, of: VerdictKey.OfProgram(base.program, bash, scope)))
        for other in [
            IsolationReport(level: .userns, layers: ["pid"], limits: ["memory": "cgroup"]),
            IsolationReport(level: .full, layers: [], limits: ["memory": "cgroup"]),
            IsolationReport(level: .full, layers: ["pid"], limits: ["memory": "poll"]),
        ] {
            let scope = VerdictKey.Scope(other, processor: "p")
            keys.append(VerdictKey(base, of: VerdictKey.OfProgram(base.program, python, scope)))
        }
        keys.append(
            VerdictKey(
                base, of: VerdictKey.OfProgram(base.program, python, VerdictKey.Scope(isolation, processor: "q"))))
        #expect(Set(keys).count == keys.count)
        #expect(VerdictKey(base, of: VerdictKey.OfProgram(base.program, python, scope)) == keys[0])
    }

    @Test("knows every part of a request: a new one has to be put into the key, and then here")
    func parts() {
        func names(_ value: Any) -> Set<String> { Set(Mirror(reflecting: value).children.compactMap(\.label)) }
        let request = RunRequest(program: SourceProgram(language: "", source: []), input: ProgramInput())
        #expect(names(request) == ["program", "input", "limits", "mode", "surroundings"])
        #expect(names(request.program) == ["language", "source", "files"])
        #expect(names(request.input) == ["stdin", "arguments", "call", "edits"])
        #expect(names(TaskLimits()) == ["cpuTime", "wallTime", "memory", "output", "processes"])
    }

    /// A program, and how many of four scorings of it were answered without running it.
    @Test(
        "is believed from the third time on when the program is steady", .timeLimit(.minutes(5)),
        arguments: [
            ("print(6 * 7)", 2), ("import random\nprint(random.random())", 0), ("import sys\nsys.exit(3)", 2),
            ("while True: pass", 2), ("import time\ntime.sleep(60)", 0), ("x = bytearray(1 << 30)", 0), ("def f(:", 2),
        ])
    func runs(source: String, remembered: Int) async throws {
        let scratch = try ScratchFolder()
        var verdicts: Set<Verdict> = []
        var count = 0
        // Only the sleeper is to meet the clock: a program that is starved for a while is not one that is slow.
        let wallTime: Duration = source.contains("sleep") ? .milliseconds(900) : .seconds(60)
        for _ in 0..<4 {
            // Another process each time.
            let runner = try ProgramRunner(
                registry: PluginFixture.registry.get(), sandbox: PluginFixture.sandbox.get(), cache: nil,
                verdicts: VerdictCache(folder: scratch.path))
            let report = try await runner.run(
                SourceProgram(language: "python", source: Array(source.utf8)), inputs: [ProgramInput()],
                limits: TaskLimits(cpuTime: .milliseconds(400), wallTime: wallTime, memory: 64 << 20),
                stopAtFirstFailure: false)
            if let verdict = report.runs.first?.verdict { verdicts.insert(verdict) }
            count += runner.statistics.remembered
        }
        #expect(verdicts.count <= 1, "\(verdicts)")
        #expect(count == remembered)
    }
}
