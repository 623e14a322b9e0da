import Rewards
import Tasks
import Testing

@Suite("codeboost is the repaired reward")
struct CodeBoostTests {
    private func isClose(_ value: Double?, _ expected: Double) -> Bool {
        value.map { ($0 - expected).magnitude < 1e-12 } ?? false
    }

    @Test(
        "a truth that ends well: stdout decides, halved when the answer claims an error",
        arguments: [
            ("42", "", 1.0), ("41", "", 0.1), (nil, "", 0.05), ("42", nil, 0.95), (nil, nil, 0),
            ("42", "ValueError: no", 0.1 + 0.45), ("41", "ValueError: no", 0.1), (" 42", "", 0.1), ("42  \n\n", "", 1),
        ] as [(String?, String?, Double)])
    func endsWell(stdout: String?, stderr: String?, expected: Double) throws {
        let sample = Sample.forward(Truth(stdout: "42\n"), stdout: stdout, stderr: stderr)
        #expect(isClose(try sample.score("codeboost"), expected))
    }

    @Test("a truth that warns and ends well is no failure, nor is an answer that warns")
    func warnings() throws {
        let truth = Truth(stdout: "1\n", stderr: "main.py:1: slow\n")
        #expect(isClose(try Sample.forward(truth, stdout: "1", stderr: "something slow").score("codeboost"), 1))
        #expect(isClose(try Sample.forward(truth, stdout: "1", stderr: "KeyError: 'a'").score("codeboost"), 0.55))
    }

    static let traceback = dividing.stderr
    static let errors: [(String, Double)] = [
        (traceback, 1),
        ("ZeroDivisionError: division by zero", 0.75),
        ("  File \"/elsewhere/main.py\", line 3\nZeroDivisionError: division by zero", 1),
        ("ZeroDivisionError: integer modulo", 0.5), ("ZeroDivisionError", 0.5),
        ("  File \"main.py\", line 3, in main\nValueError: division by zero", 0.5),
        ("  File \"main.py\", line 3, in main\nValueError: other", 0.25),
        ("ZeroDivisionError: division by zero\nValueError: division by zero", 0.25),
        ("", 0), ("Traceback (most recent call last):", 0), ("it fails", 0),
    ]

    @Test("a failing truth: half for the type, a quarter each for message and line", arguments: errors)
    func failing(stderr: String, failure: Double) throws {
        let right = Sample.forward(dividing, stdout: "start", stderr: stderr)
        #expect(isClose(try right.score("codeboost"), 0.1 + 0.9 * (1 + failure) / 2))
        let wrong = Sample.forward(dividing, stdout: "stop", stderr: stderr)
        #expect(isClose(try wrong.score("codeboost"), 0.1 + 0.9 * failure / 2))
    }

    @Test("blank stdout earns nothing where the truth is blank: the failure decides alone", arguments: errors)
    func blankStdout(stderr: String, failure: Double) throws {
        var truth = dividing
        truth.stdout = "\n"
        #expect(isClose(try Sample.forward(truth, stdout: "", stderr: stderr).score("codeboost"), 0.1 + 0.9 * failure))
        // With something in it, it is wrong, and half the accuracy is gone.
        let wrong = Sample.forward(truth, stdout: "x", stderr: stderr)
        #expect(isClose(try wrong.score("codeboost"), 0.1 + 0.9 * failure / 2))
    }

    @Test(
        "errors are read in whatever language",
        arguments: [
            "Exception in thread \"main\" java.lang.ArithmeticException: / by zero\n\tat Main.main(Main.java:3)\n",
            "/box/main.js:2\nnull.x\n     ^\n\nTypeError: Cannot read properties of null (reading 'x')\n    at main.js:2:6\n\nNode.js v18.19.0\n",
            "panic: runtime error: integer divide by zero\n\ngoroutine 1 [running]:\nmain.main()\n\t/box/main.go:5 +0x1d\nexit status 2\n",
            "thread 'main' panicked at src/main.rs:2:5:\nattempt to divide by zero\nnote: run with `RUST_BACKTRACE=1`\n",
            "terminate called after throwing an instance of 'std::out_of_range'\n  what():  vector::at\n",
            "main.sh: line 3: foo: command not found\n", "main/main.swift:4: Fatal error: Index out of range\n",
        ])
    func languages(stderr: String) throws {
        let truth = Truth(stdout: "", stderr: stderr, exitCode: 1)
        #expect(isClose(try Sample.forward(truth, stdout: "", stderr: stderr).score("codeboost"), 1))
        #expect(isClose(try Sample.forward(truth, stdout: "", stderr: "").score("codeboost"), 0.1))
        #expect(isClose(try Sample.forward(truth, stdout: "", stderr: "OtherError: x").score("codeboost"), 0.1))
    }

    @Test("no answer at all earns nothing")
    func nothing() throws {
        for name in RewardPreset.builtInNames {
            #expect(try Sample.forward(dividing, stdout: nil, stderr: nil).score(name) == 0)
        }
    }

    @Test("every preset but the reference can reach 1 and never leaves [0, 1]", arguments: TaskKind.allCases)
    func range(kind: TaskKind) throws {
        for name in ["codeboost", "tests", "tests-strict"] {
            let bounds = try RewardPreset.load(name: name).bounds(for: kind)
            #expect(bounds == 0...1, "\(name)")
        }
    }
}
