import Rewards
import Tasks
import Testing

@Suite("Executed answers are rewarded")
struct ExecutedRewardTests {
    private func backward(_ answer: String, shown: String, hidden: [Verdict], truth: Truth = Truth(stdout: "1\n"))
        -> Sample
    {
        let task = CodeTask(
            id: "b", kind: .backward, language: "python", program: "x = int(input())\nprint(x)", stdin: "1\n",
            truth: truth,
            maskedLines: [MaskedLine(index: 1, original: "print(x)")],
            hiddenInputs: hidden.indices.map { ProgramInput(stdin: Array("\($0 + 2)\n".utf8)) })
        var sample = Sample(task: task, text: "```answer_MASKED_LINE_0\n\(answer)\n```")
        sample.judgement.shown = ExecutionRecord(verdict: .accepted, stdout: Array(shown.utf8), exitCode: 0)
        sample.judgement.hidden = hidden.enumerated().map {
            CaseResult(name: "hidden \($0)", verdict: $1, isHidden: true)
        }
        return sample
    }

    @Test("a filled line that does the same everywhere is right")
    func right() throws {
        #expect(try backward("print(x * 1)", shown: "1\n", hidden: [.accepted, .accepted]).score("codeboost") == 1)
        #expect(try backward("print(x)", shown: "1\n", hidden: []).score("tests") == 1)
    }

    @Test("printing what was shown earns the format and nothing more")
    func hacked() throws {
        let hack = backward("print(1)", shown: "1\n", hidden: [.wrongAnswer, .accepted])
        #expect(try hack.score("codeboost") == 0.1)
        #expect(try hack.score("tests-strict") == 0)
        // The rules are kept here too, whatever a judge let through.
        let twoStatements = backward("print(1); exit()", shown: "1\n", hidden: [.accepted, .accepted])
        #expect(try twoStatements.score("codeboost") == 0.1)
        let indented = backward("  print(1)", shown: "1\n", hidden: [.accepted, .accepted])
        #expect(try indented.score("codeboost") == 0.1)
    }

    @Test("hidden inputs that were not run did not pass")
    func notRun() throws {
        var sample = backward("print(x)", shown: "1\n", hidden: [.accepted, .accepted])
        sample.judgement.hidden.removeLast()
        #expect(try sample.score("codeboost") == 0.1)
    }

    @Test("a failing truth has to fail in the same way")
    func failing() throws {
        var truth = Truth(stdout: "", exitCode: 1, failure: Failure(type: "ValueError", message: "no", line: 2))
        var sample = backward("raise ValueError('no')", shown: "", hidden: [], truth: truth)
        #expect(try sample.score("codeboost") == 0.1, "it ended well")
        sample.judgement.shown = ExecutionRecord(verdict: .runtimeError, exitCode: 1, failure: truth.failure)
        #expect(try sample.score("codeboost") == 1)
        truth.failure?.type = "KeyError"
        sample.task.truth = truth
        #expect(try sample.score("codeboost") == 0.1)
    }

    @Test(
        "tests: the share that passes, and all or nothing",
        arguments: [
            ([Verdict.accepted, .accepted, .accepted, .accepted], 1.0, 1.0), ([.accepted, .wrongAnswer], 0.25, 0),
            ([.accepted, .accepted, .accepted, .timeLimitExceeded], 0.75, 0), ([], 0, 0),
        ])
    func tests(verdicts: [Verdict], share: Double, strict: Double) throws {
        let task = CodeTask(
            id: "t", kind: .tests, language: "python", tests: (0..<4).map { TestCase(name: "\($0)", expected: "1") })
        var sample = Sample(task: task, text: "```python\nprint(1)\n```", judgement: Judgement(verdict: .wrongAnswer))
        sample.judgement.cases = verdicts.map { CaseResult(name: "", verdict: $0) }
        #expect(try sample.score("tests") == share)
        #expect(try sample.score("tests-strict") == strict)
        let ours = try #require(try sample.score("codeboost"))
        #expect((ours - (0.1 + 0.9 * share)).magnitude < 1e-12)
    }

    @Test("compile is read from the compilation, or from having run")
    func compile() throws {
        let preset = try RewardPreset.load(name: "tests")
        let task = CodeTask(id: "t", kind: .tests, language: "c", tests: [TestCase(name: "", expected: "")])
        var sample = Sample(task: task, text: "```c\nx\n```", judgement: Judgement(verdict: .compileError))
        sample.judgement.compile = CompileRecord(verdict: .compileError)
        #expect(sample.result(preset).component("compile") == 0)
        sample.judgement = Judgement(verdict: .wrongAnswer)
        #expect(sample.result(preset).component("compile") == 1)
        sample.judgement = Judgement(verdict: .noAnswer)
        #expect(sample.result(preset).component("compile") == 0)
    }

    @Test("our own failure is unscorable, never 0, and has the same keys", arguments: RewardPreset.builtInNames)
    func infrastructure(name: String) throws {
        let preset = try RewardPreset.load(name: name)
        var sample = Sample.forward(Truth(stdout: "1"), stdout: "1", stderr: "")
        sample.judgement = Judgement(verdict: .internalError, infraReason: "clone: out of memory")
        let result = sample.result(preset)
        #expect(result.score == .unscorable(reason: "clone: out of memory"))
        #expect(result.components.map(\.name) == preset.componentNames)
    }

    @Test("every kind of task and every verdict gives the same keys and finite numbers in [0, 1]")
    func sameKeys() throws {
        for name in RewardPreset.builtInNames {
            let preset = try RewardPreset.load(name: name)
            for kind in TaskKind.allCases {
                for verdict in Verdict.allCases {
                    let task = CodeTask(id: "", kind: kind, language: "python", truth: Truth(stdout: "1"))
                    let result = Sample(task: task, text: "", judgement: Judgement(verdict: verdict)).result(preset)
                    #expect(result.components.map(\.name) == preset.componentNames)
                    #expect(result.components.allSatisfy { (0...1).contains($0.value) })
                    #expect((result.score.value == nil) == (verdict == .internalError))
                }
            }
        }
    }
}
