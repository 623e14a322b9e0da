import Foundation
import Testing

@Suite("retort score", .timeLimit(.minutes(5))) struct ScoreCommandTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    @Test("scores lines in their order with the same keys in each")
    func order() throws {
        let text = (0..<30).map { RolloutLine.prediction("r\($0)", answer: $0 % 3 == 0 ? "5" : "4") }.joined()
        let outcome = try RetortCommand.run(["score", "-"], input: text)
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let lines = try outcome.lines.map(RolloutLine.read)
        #expect(lines.map { $0["id"] as? String } == (0..<30).map { "r\($0)" })
        #expect(Set(lines.map { $0.keys.sorted() }).count == 1)
        #expect(lines.allSatisfy { $0["infra_error"] as? Int == 0 })
        #expect(lines[1]["reward"] as? Double == 1)
        #expect(lines[0]["reward"] as? Double ?? 1 < 1)
        #expect(outcome.stderr.isEmpty)
    }

    @Test("runs programs and gives the verdict of each")
    func verdicts() throws {
        let text = [
            RolloutLine.program("right", "print(int(input()) * 2)"),
            RolloutLine.program("wrong", "print(41)"),
            RolloutLine.program("crash", "raise ValueError('no')"),
            RolloutLine.program("slow", "while True: pass", limits: ["cpu_ms": 300, "wall_ms": 2000]),
        ].joined()
        let outcome = try RetortCommand.run(["score", "-", "--preset", "tests"], input: text)
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let lines = try outcome.lines.map(RolloutLine.read)
        #expect(
            lines.map { $0["verdict"] as? String }
                == ["accepted", "wrong_answer", "runtime_error", "time_limit_exceeded"]
        )
        #expect(lines.map { $0["reward"] as? Double } == [1, 0, 0, 0])
    }

    @Test("says verdicts, means and throughput when asked")
    func summary() throws {
        let outcome = try RetortCommand.run(["score", "-", "--summary"], input: RolloutLine.prediction("a"))
        #expect(outcome.code == 0)
        #expect(outcome.lines.count == 1, "the table is not among the scores")
        for word in ["verdict", "accepted", "component", "reward", "1.0000", "throughput", "rollouts a second"] {
            #expect(outcome.stderr.contains(word))
        }
    }

    @Test("believes its verdict cache from the third scoring on, and nobody else's folder")
    func verdictCache() throws {
        let text = (0..<6).map { RolloutLine.program("r\($0)", "print(int(input()) * \(1 + $0 % 3))") }.joined()
        let folder = "\(scratch.path)/verdicts"
        var scores: Set<[String]> = []
        for answered in [0, 0, 3] {
            let outcome = try RetortCommand.run(
                ["score", "-", "--preset", "tests", "--summary", "--verdict-cache", folder], input: text)
            #expect(outcome.code == 0, "\(outcome.stderr)")
            scores.insert(
                try outcome.lines.map(RolloutLine.read).map { "\($0["reward"] ?? "") \($0["verdict"] ?? "")" })
            func count(_ name: String) -> String? {
                outcome.stderr.split(separator: "\n").first { $0.hasPrefix(name) }?
                    .split(separator: " ").last.map(String.init)
            }
            #expect(count("started") == "\(3 - answered)")
            #expect(count("answered by an equal one") == "3")
            #expect(count("answered by the verdict cache") == "\(answered)")
        }
        #expect(scores.count == 1)
        let file = try scratch.file("taken", "")
        let refused = try RetortCommand.run(["score", "-", "--verdict-cache", "\(file)/x"], input: text)
        #expect(refused.code == 1)
        #expect(refused.errors.count == 1)
    }

    @Test("tells what stands behind a score when asked")
    func detail() throws {
        let program = RolloutLine.program("a", "print(int(input()) * 2)")
        let outcome = try RetortCommand.run(["score", "-", "--detail"], input: program)
        let detail = try RolloutLine.read(outcome.lines.first ?? "")["detail"] as? [String: Any]
        #expect((detail?["cases"] as? [[String: Any]])?.first?["verdict"] as? String == "accepted")
    }

    @Test("goes on after a kill -9 with the lines that are missing")
    func resume() throws {
        let text = (0..<400).map { RolloutLine.program("r\($0)", "print(int(input()) * 2)") }.joined()
        let input = try scratch.file("in.jsonl", text)
        let output = "\(scratch.path)/out.jsonl"
        let process = try RetortCommand.start(
            ["score", input, "--output", output],
            output: "\(scratch.path)/1",
            errors: "\(scratch.path)/2"
        )
        // Far enough that there is something to keep, not so far that there is nothing left.
        while ((try? scratch.bytes("out.jsonl").count) ?? 0) < 2000 && process.isRunning { usleep(5000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let left = try scratch.text("out.jsonl")
        let whole = left.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        for line in whole { _ = try RolloutLine.read(String(line)) }
        #expect(whole.count < 400)

        let outcome = try RetortCommand.run(["score", input, "--output", output, "--resume"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let all = try scratch.text("out.jsonl")
        #expect(all.hasPrefix(whole.map { $0 + "\n" }.joined()))
        let ids = try all.split(separator: "\n").map { try RolloutLine.read(String($0))["id"] as? String }
        #expect(ids == (0..<400).map { "r\($0)" })
    }

    @Test("stops at Ctrl-C with whole lines and without a process", arguments: [SIGINT, SIGTERM])
    func interruption(signal: Int32) throws {
        let marker = "7\(Int.random(in: 1000...9999)).25"
        let slow = RolloutLine.program("slow", "import time; time.sleep(\(marker))", limits: ["wall_ms": 60000])
        let input = try scratch.file("in.jsonl", RolloutLine.prediction("first") + slow + slow)
        let process = try RetortCommand.start(
            ["score", input, "--output", "\(scratch.path)/out"],
            output: "\(scratch.path)/1",
            errors: "\(scratch.path)/2"
        )
        while ((try? scratch.bytes("out").count) ?? 0) == 0 && process.isRunning { usleep(5000) }
        usleep(300_000)
        let launchers = ProcessTable.children(of: process.processIdentifier)
        #expect(!launchers.isEmpty)
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 128 + signal)
        #expect(try scratch.text("2").hasPrefix("error: interrupted\nhint: go on with --resume\n"))
        #expect(try scratch.text("out").split(separator: "\n").count == 1)
        let patience = ContinuousClock.now + .seconds(5)
        while launchers.contains(where: ProcessTable.isAlive) && ContinuousClock.now < patience { usleep(20_000) }
        #expect(launchers.filter(ProcessTable.isAlive).isEmpty)
    }
}
