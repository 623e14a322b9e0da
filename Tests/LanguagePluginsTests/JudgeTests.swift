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

    @Test("compares what a program prints for each input", .timeLimit(.minutes(1)))
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
        "calls a function and compares its result as a value", .timeLimit(.minutes(1)),
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

    @Test("calls a method of a class named Solution", .timeLimit(.minutes(1)))
    func solution() async throws {
        let code = "class Solution:\n    def add(self, a, b):\n        return (a, b)\n"
        let judgement = try await judge(callTask("python", [([1, 2], "[1, 2]")]), code: code)
        #expect(judgement.verdict == .accepted)
    }

    @Test(
        "is not deceived by a function that", .timeLimit(.minutes(1)),
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

    @Test("appends a test program and wants its end to be reached", .timeLimit(.minutes(1)))
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

    @Test("appends a test program to code that is compiled", .timeLimit(.minutes(1)))
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

    @Test("fills masked lines and runs shown and hidden inputs", .timeLimit(.minutes(1)))
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

    @Test("asks a checker in a box of its own", .timeLimit(.minutes(1)))
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

    @Test("keeps what is expected out of the box", .timeLimit(.minutes(1)))
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

    @Test("calls its own failures by their name", .timeLimit(.minutes(1)))
    func failures() async throws {
        let unknown = CodeTask(id: "1", kind: .free, language: "klingon")
        let judgement = try await judge(unknown, code: "x")
        #expect(judgement.verdict == .internalError)
        #expect(judgement.infraReason?.contains("klingon") == true)
    }
}
