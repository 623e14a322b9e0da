import Tasks
import Testing

@testable import LanguagePlugins

@Suite("Programs that are run again together", .serialized)
struct RerunTests {
    /// What is seen the same in a process of its own and in one that is shared.
    private static let programs = [
        "print(1)\nx = input()\nprint(x * 2)", "def f(x):\n  return x / 0\nprint(3)\nprint(f(1) + 2)", "print(1",
        "print({1: 'é', 2: [3]})\nraise KeyError('ü')", "try:\n  [][3]\nexcept IndexError:\n  raise ValueError('no')",
        "class A:\n  x: int = 3\nprint(A().x, __name__, __file__)", "import math\nprint(math.pi, sorted({3, 1, 2}))",
        "print(undefined)", "for line in iter(input, ''):\n  print(line.upper())",
    ]

    private func together(_ codes: [String]) async throws -> [(seen: ProgramObservation, again: ExecutionRecord?)] {
        let runner = try PluginFixture.runner()
        var runs: [SeenRun] = []
        for code in codes {
            let program = SourceProgram(language: "python", source: Array(code.utf8))
            let input = ProgramInput(stdin: Array("ab\ncd\n".utf8))
            let seen = try await runner.observe(program, inputs: [input], limits: nil)
            runs.append(SeenRun(program: program, input: input, observation: try #require(seen.first)))
        }
        let records = try await runner.observeTogether(runs, language: "python")
        return Array(zip(runs.map(\.observation), records))
    }

    @Test("do to the byte what each did in a process of its own", .timeLimit(.minutes(5)))
    func same() async throws {
        for (code, (seen, again)) in zip(Self.programs, try await together(Self.programs)) {
            #expect(again?.stdoutText == seen.usual?.stdoutText, "\(code)")
            #expect(again?.stderrText == seen.usual?.stderrText, "\(code)")
            #expect(again?.exitCode == seen.usual?.exitCode, "\(code)")
            #expect(again?.verdict == seen.usual?.verdict, "\(code)")
        }
    }

    @Test("are not answered when one ends the process, or never ends", .timeLimit(.minutes(5)))
    func unanswered() async throws {
        let records = try await together(["print(1)", "import os\nprint(2)\nos._exit(0)", "print(3)"]).map(\.again)
        #expect(records.map { $0?.stdoutText } == ["1\n", nil, nil])
    }

    @Test("are those that end soon and name nothing that another one left")
    func fit() throws {
        let runner = try PluginFixture.runner()
        func fits(_ code: String, milliseconds: Int = 3) -> Bool {
            let usage = Usage(cpuTime: .milliseconds(milliseconds), wallTime: .zero, peakMemory: 0, processes: 1)
            let record = ExecutionRecord(verdict: .accepted, exitCode: 0, usage: usage)
            return runner.canRunTogether(
                SeenRun(
                    program: SourceProgram(language: "python", source: Array(code.utf8)), input: ProgramInput(),
                    observation: ProgramObservation(usual: record)))
        }
        #expect(fits("print(1)"))
        #expect(!fits("print(1)", milliseconds: 300))
        #expect(!fits("import os"))
        #expect(!fits("open('x', 'w')"))
    }
}
