import JSON
import Tasks
import Testing

@testable import LanguagePlugins

@Suite("The judge", .serialized)
struct JudgeTests {
    private func judge(_ task: CodeTask, code: String? = nil, blocks: [String: String] = [:]) async throws -> Judgement
    {
        let extraction = Extraction(
            blocks: blocks, requiredBlocks: AnswerFormat.requiredBlocks(for: task), duplicates: [], code: code)
        return await Judge(runner: try PluginFixture.runner()).judge(task, extraction)
    }

    private func callTask(_ language: String, _ cases: [(arguments: [JSONValue], expected: String)]) -> CodeTask {
        CodeTask(
            id: "1", kind: .tests, language: language,
            tests: cases.enumerated().map { index, test in
                TestCase(
                    name: "\(index)", kind: .call(functionName: "add", arguments: test.arguments),
                    expected: test.expected)
            })
    }

    @Test("compares what a program prints for each input", .timeLimit(.minutes(5)))
    func stdin() async throws {
        let task = CodeTask(
            id: "1", kind: .tests, language: "python",
            tests: [("2", "4"), ("3", "6"), ("4", "9")].enumerated().map { index, test in
                TestCase(
                    name: "case \(index)", input: ProgramInput(stdin: Array(test.0.utf8)), expected: test.1,
                    isHidden: index > 0)
            })
        let judgement = try await judge(task, code: "print(int(input()) * 2)\n")
        #expect(judgement.cases.map(\.verdict) == [.accepted, .accepted, .wrongAnswer])
        #expect(judgement.cases.map(\.isHidden) == [false, true, true])
        #expect(judgement.verdict == .wrongAnswer)
        #expect(try await judge(task).verdict == .noAnswer)
    }

    @Test(
        "calls a function and compares its result as a value", .timeLimit(.minutes(5)),
        arguments: ["python", "javascript"])
    func call(language: String) async throws {
        let code =
            language == "python"
            ? "print('noise')\ndef add(a, b):\n    print('more')\n    return a + b\n"
            : "console.log('noise');\nconst add = (a, b) => { console.log('more'); return a + b; };\n"
        let judgement = try await judge(
            callTask(language, [([1, 2], "3"), (["a", "b"], "\"ab\""), ([1, 2], "4")]), code: code)
        #expect(judgement.cases.map(\.verdict) == [.accepted, .accepted, .wrongAnswer])
        #expect(judgement.cases.first?.record?.stdoutText == "noise\nmore\n")
    }

    @Test("calls a method of a class named Solution", .timeLimit(.minutes(5)))
    func solution() async throws {
        let code = "class Solution:\n    def add(self, a, b):\n        return (a, b)\n"
        let judgement = try await judge(callTask("python", [([1, 2], "[1, 2]")]), code: code)
        #expect(judgement.verdict == .accepted)
    }

    @Test(
        "is not deceived by a function that", .timeLimit(.minutes(5)),
        arguments: [
            ("leaves early", "import os\ndef add(a, b):\n    os._exit(0)\n"),
            ("ends the program", "import sys\ndef add(a, b):\n    sys.exit(0)\n"),
            ("ends it before the call", "raise SystemExit(0)\n"),
            (
                "returns an object that equals everything",
                """
                class A(int):
                    def __eq__(self, o): return True
                    def __ne__(self, o): return False
                def add(a, b):
                    return A(7)
                """
            ),
            ("returns what JSON cannot say", "def add(a, b):\n    return float('nan')\n"),
            ("prints the answer", "def add(a, b):\n    print('\\n00000000000000000000000000000000 3')\n"),
            (
                "replaces the encoder",
                "import json\njson.dumps = lambda *a, **k: '4'\ndef add(a, b):\n    return 3\n"
            ),
            (
                "looks for the answer in its caller's frames",
                """
                import inspect
                def add(a, b):
                    for f in inspect.stack():
                        for v in f.frame.f_locals.values():
                            if isinstance(v, dict) and 'expected' in v: return v['expected']
                    return None
                """
            ),
        ])
    func deceit(what: String, code: String) async throws {
        let judgement = try await judge(callTask("python", [([1, 2], "3")]), code: code)
        #expect(judgement.verdict == .wrongAnswer || judgement.verdict == .runtimeError, "\(judgement)")
    }

    @Test("appends a test program and wants its end to be reached", .timeLimit(.minutes(5)))
    func programTests() async throws {
        let task = CodeTask(
            id: "1", kind: .tests, language: "python",
            tests: [TestCase(name: "t", kind: .program(code: "assert double(2) == 4\nassert double(3) == 6"))])
        #expect(try await judge(task, code: "def double(x):\n    return 2 * x\n").verdict == .accepted)
        #expect(try await judge(task, code: "def double(x):\n    return 4\n").verdict == .runtimeError)
        #expect(try await judge(task, code: "import sys\nsys.exit(0)\n").verdict == .wrongAnswer)
        #expect(try await judge(task, code: "import os\ndef double(x):\n    os._exit(0)\n").verdict == .wrongAnswer)
        let right = try await judge(task, code: "def double(x):\n    return 2 * x\nprint('hi')\n")
        #expect(right.cases.first?.record?.stdoutText.hasPrefix("hi\n") == true)
        #expect(right.verdict == .accepted)
    }

    @Test("appends a test program to code that is compiled", .timeLimit(.minutes(5)))
    func compiledProgramTests() async throws {
        let task = CodeTask(
            id: "1", kind: .tests, language: "cpp",
            tests: [
                TestCase(name: "t", kind: .program(code: "#include <cassert>\nint main() { assert(twice(2) == 4); }"))
            ])
        #expect(try await judge(task, code: "int twice(int x) { return 2 * x; }").verdict == .accepted)
        #expect(try await judge(task, code: "int twice(int x) { return x; }").verdict == .runtimeError)
        let broken = try await judge(task, code: "int twice(")
        #expect(broken.verdict == .compileError)
        #expect(broken.compile?.verdict == .compileError)
        #expect(broken.cases.map(\.verdict) == [.compileError])
    }

    @Test("fills masked lines and runs shown and hidden inputs", .timeLimit(.minutes(5)))
    func backward() async throws {
        let task = CodeTask(
            id: "1", kind: .backward, language: "python",
            program: "n = int(input())\nif n > 0:\n    n = n * n\nprint(n)", stdin: "3",
            truth: Truth(stdout: "9\n"), maskedLines: [MaskedLine(index: 2, original: "    n = n * n")],
            hiddenInputs: ["4", "0"].map { ProgramInput(stdin: Array($0.utf8)) })
        let block = AnswerFormat.maskedLineBlock(0)
        let right = try await judge(task, blocks: [block: "    n **= 2"])
        #expect(right.verdict == .accepted)
        #expect(right.hidden.map(\.verdict) == [.accepted, .accepted])
        let fitted = try await judge(task, blocks: [block: "    n = 9"])
        #expect(fitted.verdict == .accepted)
        #expect(fitted.hidden.map(\.verdict) == [.wrongAnswer, .accepted])
        #expect(try await judge(task, blocks: [block: "    n = n +"]).verdict == .runtimeError)
        #expect(try await judge(task, blocks: [block: "n = 9"]).verdict == .wrongAnswer)
        #expect(try await judge(task).verdict == .noAnswer)
    }

    @Test("asks a checker in a box of its own", .timeLimit(.minutes(5)))
    func checker() async throws {
        let checker = """
            import sys
            values = [open(name).read().split() for name in sys.argv[1:]]
            sys.exit(0 if sorted(values[1]) == sorted(values[2]) else 1)
            """
        let task = CodeTask(
            id: "1", kind: .tests, language: "bash", tests: [TestCase(name: "t", expected: "a b c")],
            comparator: .checker(language: "python", program: checker))
        #expect(try await judge(task, code: "echo c a b").verdict == .accepted)
        #expect(try await judge(task, code: "echo c a a").verdict == .wrongAnswer)
    }

    @Test("keeps what is expected out of the box", .timeLimit(.minutes(5)))
    func secret() async throws {
        let secret = "S3CRETANSWER"
        // Puts together what it looks for, so that finding itself is no find.
        let code = """
            import subprocess, os
            word = 'S3CRET' + 'ANSWER'
            found = word in str(os.environ)
            for top in ('/box', '/tmp', '/dev/shm', '/proc/self', '/proc/1'):
                for folder, _, names in os.walk(top):
                    for name in names:
                        try:
                            if word.encode() in open(os.path.join(folder, name), 'rb').read(1 << 20): found = True
                        except (OSError, ValueError): pass
            print(found)
            """
        let task = CodeTask(
            id: "1", kind: .tests, language: "python", tests: [TestCase(name: "t", expected: secret)],
            limits: TaskLimits(cpuTime: .seconds(10), wallTime: .seconds(20)))
        let judgement = try await judge(task, code: code)
        #expect(judgement.cases.first?.record?.stdoutText == "False\n", "\(judgement)")
    }

    @Test(
        "runs once what is equal in a batch", .timeLimit(.minutes(5)), arguments: ["stdin", "call", "program", "free"])
    func sharing(kind: String) async throws {
        let runner = try PluginFixture.runner()
        let judge = Judge(runner: runner)
        let code = "def f(x):\n    return x\nprint(1)\n"
        let tests: [TestCase] =
            switch kind {
            case "stdin": [TestCase(name: "a", expected: "1"), TestCase(name: "b", expected: "2")]
            case "call":
                [TestCase(name: "a", kind: .call(functionName: "f", arguments: [1]), expected: "1")]
            case "program": [TestCase(name: "a", kind: .program(code: "assert f(1) == 1"))]
            default: []
            }
        let task = CodeTask(id: "1", kind: kind == "free" ? .free : .tests, language: "python", tests: tests)
        let extraction = Extraction(blocks: [:], requiredBlocks: [], duplicates: [], code: code)
        let judgements = await withTaskGroup(of: Judgement.self) { group in
            for _ in 0..<10 { group.addTask { await judge.judge(task, extraction) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(runner.statistics.started == 1)
        #expect(runner.statistics.shared == 10 * max(1, tests.count) - 1)
        #expect(Set(judgements.map(\.verdict)).count == 1)
        #expect(judgements.first?.infraReason == nil)
        #expect(
            judgements.first?.cases.map(\.verdict) ?? []
                == (kind == "stdin" ? [.accepted, .wrongAnswer] : tests.map { _ in .accepted }))
        // Another batch asks anew, and so does another program.
        _ = await Judge(runner: runner).judge(task, extraction)
        #expect(runner.statistics.started == 2)
    }

    @Test("tells of verdicts as they come, and stops when nobody listens", .timeLimit(.minutes(5)))
    func events() async throws {
        let runner = try PluginFixture.runner()
        let tests = (0..<6).map {
            TestCase(name: "\($0)", input: ProgramInput(stdin: Array("\($0)".utf8)), expected: "0")
        }
        let task = CodeTask(
            id: "1", kind: .tests, language: "python", tests: tests, limits: TaskLimits(wallTime: .seconds(3600)))
        func extraction(_ code: String) -> Extraction {
            Extraction(blocks: [:], requiredBlocks: [], duplicates: [], code: code)
        }
        var verdicts: [Int: Verdict] = [:]
        var judgement: Judgement?
        for await event in Judge(runner: runner).verdicts(of: task, extraction("print(int(input()) // 3)")) {
            #expect(judgement == nil, "the judgement is the last event")
            switch event {
            case .verdict(let index, let result): verdicts[index] = result.verdict
            case .finished(let whole): judgement = whole
            }
        }
        #expect(judgement?.cases.map(\.verdict) == (0..<6).map { verdicts[$0] })
        #expect(verdicts.values.count { $0 == .accepted } == 3)
        let sleepy = extraction("import time\nn = int(input())\nif n: time.sleep(3600)\nprint(0)")
        var first: JudgementEvent?
        for await event in Judge(runner: runner).verdicts(of: task, sleepy) {
            first = event
            break
        }
        guard case .verdict(0, let result)? = first else {
            Issue.record("\(String(describing: first))")
            return
        }
        #expect(result.verdict == .accepted)
        // The five that sleep for an hour were killed: their slots serve again.
        let after = await Judge(runner: runner).judge(task, extraction("print(0)"))
        #expect(after.verdict == .accepted)
    }

    @Test("draws nonces that differ where anything differs")
    func nonces() {
        func nonce(_ source: NonceSource, _ code: String, _ stdin: String, _ test: TestCase.Kind) -> String {
            source.nonces(for: SourceProgram(language: "python", source: Array(code.utf8)))
                .nonce(for: TestCase(name: "t", kind: test, input: ProgramInput(stdin: Array(stdin.utf8))))
        }
        let source = NonceSource()
        let nonces = [
            nonce(source, "a", "x", .program(code: "p")), nonce(source, "b", "x", .program(code: "p")),
            nonce(source, "a", "y", .program(code: "p")), nonce(source, "a", "x", .program(code: "q")),
            nonce(source, "a", "x", .call(functionName: "p", arguments: [])),
            nonce(source, "a", "x", .call(functionName: "p", arguments: [1])),
            nonce(NonceSource(), "a", "x", .program(code: "p")),
        ]
        #expect(Set(nonces).count == nonces.count)
        #expect(nonces.allSatisfy { $0.utf8.count == 32 })
        #expect(nonce(source, "a", "x", .program(code: "p")) == nonces[0])
    }

    @Test("calls its own failures by their name", .timeLimit(.minutes(5)))
    func failures() async throws {
        let unknown = CodeTask(id: "1", kind: .free, language: "klingon")
        let judgement = try await judge(unknown, code: "x")
        #expect(judgement.verdict == .internalError)
        #expect(judgement.infraReason?.contains("klingon") == true)
    }
}
