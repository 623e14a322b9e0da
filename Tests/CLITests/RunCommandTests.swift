import Foundation
import Testing

@Suite("retort run", .timeLimit(.minutes(5))) struct RunCommandTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func json(_ arguments: [String]) throws -> [String: Any] {
        let outcome = try RetortCommand.run(["run"] + arguments + ["--json"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        #expect(outcome.lines.count == 1)
        return try RolloutLine.read(outcome.lines.first ?? "")
    }

    @Test("prints what the program prints, and the verdict beside it")
    func plain() throws {
        let file = try scratch.file("a.py", "print('out')\nimport sys\nprint('err', file=sys.stderr)\n")
        let outcome = try RetortCommand.run(["run", file])
        #expect(outcome.code == 0)
        #expect(outcome.text == "out\n")
        #expect(outcome.stderr.hasPrefix("err\naccepted, exit code 0, cpu "))
    }

    @Test("prints one object with every key of the published form")
    func object() throws {
        let report = try json([scratch.file("a.py", "print('out')\n")])
        #expect(
            Set(report.keys) == [
                "verdict", "language", "exit_code", "signal", "stdout", "stderr", "stdout_truncated",
                "stderr_truncated", "usage", "compile", "isolation",
            ]
        )
        #expect(report["verdict"] as? String == "accepted")
        #expect(report["language"] as? String == "python")
        #expect(report["exit_code"] as? Int == 0)
        #expect(report["signal"] is NSNull)
        #expect(report["stdout"] as? String == "out\n")
        let usage = try #require(report["usage"] as? [String: Any])
        #expect(Set(usage.keys) == ["cpu_ms", "wall_ms", "peak_memory_bytes", "processes"])
        let isolation = try #require(report["isolation"] as? [String: Any])
        #expect(!(isolation["layers"] as? [String] ?? []).isEmpty)
        #expect(!(isolation["limits"] as? [String: String] ?? [:]).isEmpty)
    }

    @Test(
        "exits with 0 whatever the program does",
        arguments: [
            ("import sys; sys.exit(3)", "10s", "runtime_error"), ("while True: pass", "300ms", "time_limit_exceeded"),
            ("x = 'a' * (1 << 32)", "10s", "memory_limit_exceeded"), ("def", "10s", "compile_error"),
        ]
    )
    func verdict(code: String, time: String, verdict: String) throws {
        let file = try scratch.file("a.py", code + "\n")
        let report = try json([file, "--time-limit", time, "--memory-limit", "256M"])
        // Python has no compiler of its own: what it cannot parse fails when it is run.
        let accepted = verdict == "compile_error" ? [verdict, "runtime_error"] : [verdict]
        #expect(accepted.contains(report["verdict"] as? String ?? ""))
    }

    @Test("gives the program its input from a text, from a file, and its arguments")
    func input() throws {
        let file = try scratch.file("a.py", "import sys\nprint(input(), sys.argv[1:])\n")
        #expect(try json([file, "--stdin", "some text"])["stdout"] as? String == "some text []\n")
        let text = try scratch.file("input.txt", "from a file\n")
        #expect(try json([file, "--stdin", text])["stdout"] as? String == "from a file []\n")
        let args = try json([file, "--stdin", "x", "--args", "one", "two words"])
        #expect(args["stdout"] as? String == "x ['one', 'two words']\n")
        let outcome = try RetortCommand.run(["run", file, "--stdin", "x", "--json", "--", "-v", "--json"])
        #expect(try RolloutLine.read(outcome.text)["stdout"] as? String == "x ['-v', '--json']\n")
    }

    @Test("reads a program from standard input when the language is named")
    func standardInput() throws {
        let outcome = try RetortCommand.run(["run", "-", "--language", "py"], input: "print(6 * 7)\n")
        #expect(outcome.code == 0, "\(outcome.stderr)")
        #expect(outcome.text == "42\n")
    }

    @Test("gives output that is not UTF-8 as base64 besides")
    func bytes() throws {
        let file = try scratch.file("a.py", "import sys\nsys.stdout.buffer.write(bytes([0, 255, 65, 66]))\n")
        let report = try json([file])
        #expect(report["stdout_base64"] as? String == "AP9BQg==")
        #expect(report["stdout"] as? String == "\u{0}\u{FFFD}AB")
        let plain = try RetortCommand.run(["run", file])
        #expect(plain.stdout == [0, 255, 65, 66])
    }

    @Test("tells a source that no language takes, with its place where there is one")
    func badSource() throws {
        let large = [UInt8](repeating: UInt8(ascii: "#"), count: 50_000_000)
        let cases: [(path: String, says: String)] = [
            (try scratch.file("empty.py", ""), "is empty"),
            (scratch.path, "is a directory"),
            ("\(scratch.path)/none.py", "No such file or directory"),
            (try scratch.file("nul.py", bytes: Array("x = 1\ny = \u{0}\n".utf8)), "nul.py:2:5: a NUL byte"),
            (try scratch.file("latin.py", bytes: Array("# caf".utf8) + [0xE9, 0x0A]), "latin.py:1:6: not UTF-8"),
            (try scratch.file("large.py", bytes: large), "more than the limit of 16.0 MiB"),
            (try scratch.file("a.klingon", "x\n"), "no language has files that end in '.klingon'"),
            (try scratch.file("noextension", "x\n"), "does not tell the language"),
        ]
        for (path, says) in cases {
            let outcome = try RetortCommand.run(["run", path])
            #expect(outcome.code == 1, "\(says)")
            #expect(outcome.errors.count == 1)
            #expect(outcome.stderr.contains(says), "\(outcome.stderr)")
            #expect(outcome.stdout.isEmpty)
        }
    }

    @Test("refuses an unknown language with the list of those it knows")
    func unknownLanguage() throws {
        let outcome = try RetortCommand.run(["run", scratch.file("a.py", "x\n"), "--language", "klingon"])
        #expect(outcome.code == 1)
        #expect(outcome.stderr.hasPrefix("error: unknown language 'klingon'\nhint: the languages are "))
        #expect(outcome.stderr.contains("python"))
    }

    @Test(
        "ends with one error when the output cannot be written",
        arguments: [(">&-", "Bad file descriptor"), (">/dev/full", "No space left on device")]
    )
    func noOutput(redirection: String, says: String) throws {
        let file = try scratch.file("a.py", "print(1)\n")
        let outcome = try RetortCommand.run(["run", file], redirection: redirection)
        #expect(outcome.code == 1)
        #expect(outcome.errors == ["error: cannot write standard output: \(says)"])
    }
}
