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
        // What the end of a program ends.
        "def g():\n  try:\n    yield 1\n  finally:\n    print('end')\nx = g()\nnext(x)\nprint(2)",
    ]

    private func together(_ codes: [String]) async throws -> [(seen: ProgramObservation, again: ExecutionRecord?)] {
        let runner = try PluginFixture.runner()
        var runs: [JointRun] = []
        var alone: [ProgramObservation] = []
        for code in codes {
            let program = SourceProgram(language: "python", source: Array(code.utf8))
            let input = ProgramInput(stdin: Array("ab\ncd\n".utf8))
            let seen = try await runner.observe(program, inputs: [input], limits: nil)
            runs.append(JointRun(program: program, input: input))
            alone.append(try #require(seen.first))
        }
        let records = try await runner.observeTogether(runs, language: "python")
        return Array(zip(alone, records))
    }

    @Test("do to the byte what each did in a process of its own", .timeLimit(.minutes(5)))
    func same() async throws {
        for (code, (seen, again)) in zip(Self.programs, try await together(Self.programs)) {
            #expect(again?.stdoutText == seen.usual?.stdoutText, "\(code)")
            #expect(again?.stderrText == seen.usual?.stderrText, "\(code)")
            #expect(again?.exitCode == seen.usual?.exitCode, "\(code)")
            #expect(again?.verdict == seen.usual?.verdict, "\(code)")
            #expect(again?.failure == seen.usual?.failure, "\(code)")
        }
    }

    @Test("are not answered when one ends the process, never ends or prints without end", .timeLimit(.minutes(5)))
    func unanswered() async throws {
        let runner = try PluginFixture.runner()
        let codes = [
            "print(1)", "import os\nprint(2)\nos._exit(0)", "print(3)", "while True: pass", "print(5)",
            "while True:\n  try:\n    while True: pass\n  except:\n    pass", "print(7)", "print('x' * 100000)",
            "[0] * (1 << 60)", "def f():\n  f()\nf()",
            "try:\n  while True: pass\nexcept:\n  print('late')", "print(11)",
        ]
        let runs = codes.map {
            JointRun(program: SourceProgram(language: "python", source: Array($0.utf8)), input: ProgramInput())
        }
        let records = try await runner.observeTogether(runs, language: "python", isFirst: true)
        let printed = ["1\n", nil, "3\n", nil, "5\n", nil, "7\n", nil, nil, nil, nil, "11\n"]
        #expect(records.map { $0?.stdoutText } == printed)
    }

    private func run(_ code: String, _ input: ProgramInput = ProgramInput()) -> JointRun {
        JointRun(program: SourceProgram(language: "python", source: Array(code.utf8)), input: input)
    }

    @Test("are those that end soon and name nothing that another one left")
    func fit() throws {
        let runner = try PluginFixture.runner()
        func fits(_ code: String, milliseconds: Int = 3) -> Bool {
            let usage = Usage(cpuTime: .milliseconds(milliseconds), wallTime: .zero, peakMemory: 0, processes: 1)
            return runner.canRunTogether(
                run(code), seen: ExecutionRecord(verdict: .accepted, exitCode: 0, usage: usage))
        }
        #expect(fits("print(1)"))
        #expect(!fits("print(1)", milliseconds: 300))
        #expect(!fits("import os"))
        #expect(!fits("open('x', 'w')"))
    }

    @Test(
        "are, before they were seen alone, those alone that reach nothing outside of them",
        arguments: [
            ("print(1)", true), ("class A:\n  def __init__(self):\n    self.x = 1", true), ("import math", false),
            ("(x for x in ()).gi_frame.f_builtins.clear()", false), ("print.__self__.len = 3", false),
            ("().__class__.__base__", false), ("getattr(1, 'x')", false), ("open('x')", false),
        ])
    func selfContained(code: String, expected: Bool) throws {
        let runner = try PluginFixture.runner()
        #expect(runner.isSelfContained(run(code)) == expected)
        #expect(!runner.isSelfContained(run(code, ProgramInput(stdin: [0xFF]))))
        #expect(!runner.isSelfContained(run(code, ProgramInput(call: "f(__class__)"))))
        #expect(!runner.isSelfContained(run(code, ProgramInput(edits: [LineEdit(index: 0, line: "import os")]))))
        #expect(!runner.isSelfContained(run(code, ProgramInput(arguments: ["x"]))))
    }
}
