import Foundation
import Testing

@Suite("Usage", .timeLimit(.minutes(5))) struct UsageTests {
    @Test(
        "shows an example in the help of every command",
        arguments: [
            [], ["run"], ["score"], ["plugins"], ["plugins", "list"], ["plugins", "show"], ["plugins", "verify"],
            ["doctor"],
        ]
    )
    func help(command: [String]) throws {
        let outcome = try RetortCommand.run(command + ["--help"])
        #expect(outcome.code == 0)
        #expect(outcome.text.contains("Example:\n  retort \(command.joined(separator: " "))"))
        #expect(outcome.stderr.isEmpty)
    }

    @Test(
        "exits with 64 and says which help to read when the arguments make no sense",
        arguments: [
            ["run"], ["run", "a.py", "--time-limit", "5x"], ["run", "a.py", "--memory-limit", "lots"],
            ["run", "a.py", "--require", "some"], ["run", "-", "--stdin", "-"], ["score"], ["score", "-", "--resume"],
            ["score", "-", "-"], ["score", "-", "--jobs", "0"], ["score", "-", "--preset", "tests", "--rewards", "x"],
            ["frobnicate"], ["plugins", "show"],
        ]
    )
    func usage(arguments: [String]) throws {
        let outcome = try RetortCommand.run(arguments)
        #expect(outcome.code == 64)
        #expect(outcome.errors.count == 1)
        #expect(outcome.stderr.contains("\nhint: see 'retort "))
        #expect(outcome.stdout.isEmpty)
    }

    @Test(
        "exits with 2 where there is no sandbox and one is needed",
        arguments: [
            (["run", "a.py"], 2), (["score", "a.jsonl"], 2), (["doctor"], 2), (["score", "predictions.jsonl"], 0),
            (["score", "predictions.jsonl", "--require", "landlock"], 2),
        ] as [([String], Int32)]
    )
    func noSandbox(arguments: [String], code: Int32) throws {
        let scratch = try ScratchFolder()
        // A copy of the program without its launcher beside it.
        try FileManager.default.copyItem(
            atPath: "\(RetortCommand.buildFolder)/retort",
            toPath: "\(scratch.path)/retort"
        )
        _ = try scratch.file("a.py", "print(1)\n")
        _ = try scratch.file("predictions.jsonl", RolloutLine.prediction("a"))
        _ = try scratch.file("a.jsonl", RolloutLine.prediction("a") + RolloutLine.program("b", "print(1)"))
        let process = Process()
        process.executableURL = URL(filePath: "\(scratch.path)/retort")
        process.currentDirectoryURL = URL(filePath: scratch.path)
        process.arguments = arguments + ["--plugins", PackageFolder.plugins]
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == code)
        #expect(code == 0 || arguments == ["doctor"] || text.hasPrefix("error: no sandbox: "), "\(text)")
    }
}
