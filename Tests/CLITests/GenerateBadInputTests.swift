import Foundation
import Testing

@Suite("retort generate on bad input", .serialized)
struct GenerateBadInputTests {
    private static let secret = "hunter2-never-to-be-seen"

    /// Files of programs, each with what it does that it should not.
    private static let files: [(String, Data)] = [
        ("good.py", Data("print(6 * 7)\n".utf8)),
        ("latin.py", Data([0x70, 0x3D, 0xE9, 0x0A])),
        ("binary.c", Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 * 7) })),
        ("long.js", Data(repeating: UInt8(ascii: "x"), count: 12_000)),
        ("huge.py", Data(count: 100_000_000)),
        ("endless.py", Data("import sys\nwhile True: sys.stdin.read(1)\n".utf8)),
        ("forks.py", Data("import os\nfor i in range(3): os.fork()\nprint('x')\n".utf8)),
        ("bomb.sh", Data(":(){ :|:& };:\nwait\n".utf8)),
        ("writes.py", Data("open('left', 'w').write('x')\nopen('/usr/left', 'w')\n".utf8)),
        ("sockets.py", Data("import socket\nsocket.create_connection(('1.1.1.1', 53), 1)\n".utf8)),
        ("environment.py", Data("import os\nfor k, v in os.environ.items(): print(k, v)\n".utf8)),
        ("host.py", Data("import os\nprint(os.uname().release)\n".utf8)),
        ("files.pl", Data("for (glob('/home/* /root/* /proc/1/environ')) { print; }\nprint \"end\\n\";\n".utf8)),
        ("parent.sh", Data("tr '\\0' '\\n' < /proc/1/environ\ncat /proc/$PPID/environ\nenv\n".utf8)),
        ("notes.txt", Data("no code\n".utf8)),
    ]

    @Test("counts what it cannot use and goes on, and nothing of the host gets into a prompt", .timeLimit(.minutes(3)))
    func everything() throws {
        let scratch = try ScratchFolder()
        let folder = URL(filePath: scratch.path).appending(path: "src")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, bytes) in Self.files { try bytes.write(to: folder.appending(path: name)) }
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: "link.py").path, withDestinationPath: "/etc/passwd")
        let home = "\(scratch.path)/home-of-somebody"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        let report = "\(scratch.path)/report.json"
        let outcome = try RetortCommand.run(
            [
                "generate", folder.path, "--plain", "--mix", "forward", "--report", report, "--config",
                try scratch.file("config.json", "{\"truth\": {\"cpu_ms\": 300}}"),
            ], environment: ["RETORT_TEST_TOKEN": Self.secret, "HOME": home, "LOGNAME": "somebody-at-home"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let counts = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: report))) as? [String: Any])
        let dropped = try #require(counts["dropped"] as? [String: Int])
        #expect(dropped["not_text"] == 2)
        #expect(dropped["long_line"] == 1)
        #expect(dropped["too_large"] == 1)
        #expect((dropped["time_limit"] ?? 0) >= 1)
        #expect(dropped["host_detail"] == 1, "\(dropped)")
        #expect(counts["snippets"] as? Int == Self.files.count - 1, "links and texts are passed over")
        #expect(outcome.text.contains("42"))
        for text in [Self.secret, home, "somebody-at-home", "RETORT_TEST_TOKEN", scratch.path] {
            #expect(!outcome.text.contains(text), "\(text)")
        }
    }

    @Test("goes on behind what a kill -9 left, to the same bytes", .timeLimit(.minutes(5)))
    func killed() throws {
        let scratch = try ScratchFolder()
        let lines = (0..<120).map { number in
            #"{"id":"\#(number)","language":"python","code":"x = \#(number)\ny = 3\nprint(x * y)\n"}"#
        }
        let input = try scratch.file("snippets.jsonl", lines.joined(separator: "\n") + "\n")
        let options = ["generate", input, "--tasks-per-snippet", "2", "--output"]
        let whole = "\(scratch.path)/whole.jsonl"
        #expect(try RetortCommand.run(options + [whole]).code == 0)
        let output = "\(scratch.path)/tasks.jsonl"
        let process = try RetortCommand.start(
            options + [output], output: "\(scratch.path)/1", errors: "\(scratch.path)/2")
        let start = ContinuousClock.now
        func size() -> Int { (try? FileManager.default.attributesOfItem(atPath: output)[.size] as? Int) ?? 0 }
        while size() < 40_000, process.isRunning, ContinuousClock.now - start < .seconds(60) { usleep(2000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let left = size()
        #expect(left > 0)
        #expect(try RetortCommand.run(options + [output, "--resume"]).code == 0)
        #expect(try scratch.bytes("tasks.jsonl") == scratch.bytes("whole.jsonl"))
    }
}
