import Foundation
import Testing

@Suite("retort train", .timeLimit(.minutes(5)))
struct TrainCommandTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    /// Programs of two lines, of which one is masked, so that every answer that is one has to be executed.
    private func tasks() throws -> String {
        let words = ["cat", "dog", "sun"]
        let lines = (0..<48).map { number in
            let word = words[number % 3]
            return """
                {"task":{"version":1,"kind":"backward","id":"t\(number)#0","language":"python",\
                "program":"x = \(number)\\nprint(\\"\(word)\\")\\n","truth":{"stdout":"\(word)\\n","stderr":""},\
                "masked_lines":[{"index":1,"original":"print(\\"\(word)\\")"}]}}

                """
        }
        return try scratch.file("tasks.jsonl", lines.joined())
    }

    /// A model that learns in seconds to give answers that can be run.
    private func settings() throws -> String {
        try scratch.file(
            "settings.json",
            """
            {"model":"tiny","prompt":"compact","algorithm":"dapo","held_out_share":0.25,"threads":2,\
            "scratch":{"vocabulary_size":300,"hidden_size":32,"layers":1,"heads":2,"key_value_heads":1,\
            "feed_forward_size":48,"context_length":256},"prompts_per_step":4,"num_generations":8,\
            "max_completion_length":24,"learning_rate":1e-4,\
            "warm_start":{"steps":120,"batch_size":16,"learning_rate":5e-3},\
            "eval_steps":3,"eval_tasks":8,"save_steps":1}
            """)
    }

    private func train(_ run: String, steps: Int) throws -> RetortCommand.Outcome {
        try RetortCommand.run([
            "train", settings(), "--tasks", tasks(), "--output", "\(scratch.path)/\(run)", "--steps", "\(steps)",
        ])
    }

    private func steps(_ run: String) throws -> [Int] {
        try scratch.text("\(run)/metrics.jsonl").split(separator: "\n")
            .compactMap { try? RolloutLine.read(String($0)) }
            .filter { $0["phase"] as? String == "policy" }.compactMap { $0["step"] as? Int }
    }

    private func expectSame(_ one: String, _ other: String) throws {
        for name in ["checkpoint.safetensors", "model/model.safetensors", "evaluations.jsonl"] {
            #expect(try scratch.bytes("\(one)/\(name)") == scratch.bytes("\(other)/\(name)"), "\(name)")
        }
    }

    @Test("is after a kill -9, taken up, byte for byte the run that was not killed")
    func killing() throws {
        let whole = try train("whole", steps: 12)
        #expect(whole.code == 0, "\(whole.stderr)")
        let process = try RetortCommand.start(
            ["train", settings(), "--tasks", tasks(), "--output", "\(scratch.path)/killed", "--steps", "12"],
            output: "\(scratch.path)/1", errors: "\(scratch.path)/2")
        while process.isRunning, (try? steps("killed").count) ?? 0 < 4 { usleep(2000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let resumed = try RetortCommand.run(["train", "--resume", "\(scratch.path)/killed"])
        #expect(resumed.code == 0, "\(resumed.stderr)")
        #expect(try steps("killed") == Array(1...12))
        try expectSame("killed", "whole")
    }

    @Test("keeps its last good state when a checkpoint cannot be written, and goes on when there is room again")
    func noRoom() throws {
        let whole = try train("whole", steps: 6)
        #expect(whole.code == 0, "\(whole.stderr)")
        #expect(try train("short", steps: 3).code == 0)
        let state = try scratch.bytes("short/checkpoint.safetensors")
        // A limit on the size of files, in blocks of 512 bytes, refuses writes in the middle as a full disk does.
        let blocks = state.count / 512 - 20
        let full = try RetortCommand.run(
            ["train", "--resume", "\(scratch.path)/short", "--steps", "6"],
            preparation: "trap '' XFSZ; ulimit -f \(blocks);")
        #expect(full.code == 1)
        #expect(full.errors.count == 1 && full.errors[0].contains("checkpoint.safetensors"), "\(full.stderr)")
        #expect(full.stderr.contains("hint: the last good state stays; make room, then go on with --resume"))
        #expect(try scratch.bytes("short/checkpoint.safetensors") == state)
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/short")
        #expect(left.allSatisfy { !$0.hasSuffix(".part") })
        let resumed = try RetortCommand.run(["train", "--resume", "\(scratch.path)/short", "--steps", "6"])
        #expect(resumed.code == 0, "\(resumed.stderr)")
        try expectSame("short", "whole")
    }

    @Test("tries again, or says so and keeps its last good state, when what runs programs dies in the middle of a step")
    func dyingEngine() throws {
        let process = try RetortCommand.start(
            ["train", settings(), "--tasks", tasks(), "--output", "\(scratch.path)/run", "--steps", "30"],
            output: "\(scratch.path)/1", errors: "\(scratch.path)/2")
        while process.isRunning, (try? steps("run").count) ?? 0 < 2 { usleep(2000) }
        var killed = 0
        for _ in 0..<5 where process.isRunning {
            for child in ProcessTable.children(of: process.processIdentifier) where kill(child, SIGKILL) == 0 {
                killed += 1
            }
            usleep(60_000)
        }
        process.waitUntilExit()
        #expect(killed > 0)
        let errors = try scratch.text("2")
        if process.terminationStatus != 0 {
            #expect(process.terminationReason == .exit && process.terminationStatus == 2, "\(errors)")
            #expect(errors.contains("error: no rollout of the step could be scored"), "\(errors)")
            #expect(errors.contains("hint: the last good state is in"))
            let resumed = try RetortCommand.run(["train", "--resume", "\(scratch.path)/run"])
            #expect(resumed.code == 0, "\(resumed.stderr)")
        }
        // No step is left out or there twice, and no failure of ours became a reward.
        #expect(try steps("run") == Array(1...30))
        let lines = try scratch.text("run/metrics.jsonl").split(separator: "\n").map {
            try RolloutLine.read(String($0))
        }
        #expect(lines.contains { ($0["reward/exec_time_s"] as? Double ?? 0) > 0 }, "nothing was executed at all")
        let failed = lines.reduce(0) { $0 + ($1["verdicts/internal_error"] as? Int ?? 0) }
        let share = lines.reduce(0.0) { $0 + ($1["reward/infra_error_frac"] as? Double ?? 0) }
        #expect((failed > 0) == (share > 0))
    }

    @Test("shows on a terminal which step it is at, in one line that is written over, and to a file nothing of that")
    func progress() throws {
        var (terminal, far): (Int32, Int32) = (-1, -1)
        try #require(openpty(&terminal, &far, nil, nil, nil) == 0)
        defer { close(terminal) }
        let name = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(far)")
        let process = try RetortCommand.start(
            ["train", settings(), "--tasks", tasks(), "--output", "\(scratch.path)/run", "--steps", "2"],
            output: "\(scratch.path)/1", errors: "\(scratch.path)/2", redirection: "2>\(name)")
        // Without the far end here, nobody waits for what nobody writes once the command has ended.
        close(far)
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(terminal, &piece, piece.count)
            if count > 0 { bytes += piece[..<count] }
            if count <= 0, !process.isRunning { break }
            if count <= 0 { usleep(1000) }
        }
        process.waitUntilExit()
        let shown = String(decoding: bytes, as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(shown)")
        #expect(shown.contains("\r\u{1B}[Kwarm_start ") && shown.contains("/120  loss "), "\(shown)")
        #expect(shown.contains("\r\u{1B}[Kpolicy "), "\(shown)")
        let outcome = try train("quiet", steps: 1)
        #expect(!outcome.stderr.contains("\r") && outcome.stderr.contains("step 0: held out"), "\(outcome.stderr)")
    }

    @Test(
        "asks for what belongs together",
        arguments: [
            ["train"], ["train", "--output", "a", "--seeds", "2"],
            ["train", "--ablate", "--resume", "a", "--steps", "2"],
            ["train", "--ablate", "--tasks", "a", "--output", "b"],
            ["train", "--snippets", "a", "--tasks", "b", "--output", "c"],
            ["train", "--resume", "a", "--synthetic", "5"], ["train", "--ablate", "--seeds", "0", "--output", "a"],
        ])
    func usage(arguments: [String]) throws {
        #expect(try RetortCommand.run(arguments).code == 64)
    }
}
