import Foundation
import Testing

@Suite("Bad input of retort score", .timeLimit(.minutes(5))) struct BadRolloutTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    /// A line that is no rollout, and what the message about it says.
    struct BadLine: Sendable, CustomTestStringConvertible {
        var what: String
        var bytes: [UInt8]
        var says: String
        var testDescription: String { what }

        init(_ what: String, _ text: String, says: String) { self.init(what, Array(text.utf8), says: says) }

        init(_ what: String, _ bytes: [UInt8], says: String) {
            self.what = what
            self.bytes = bytes
            self.says = says
        }
    }

    static let badLines = [
        BadLine("malformed JSON", #"{"id": "bad", "task": {]"#, says: "in.jsonl:2:24: "),
        BadLine("cut-off JSON", #"{"id": "bad", "#, says: "in.jsonl:2:"),
        BadLine("no object", "[1, 2]", says: "in.jsonl:2:1: "),
        BadLine("no task", #"{"id": "bad", "completion": "x"}"#, says: "missing field \"task\""),
        BadLine("no completion", #"{"id": "bad", "task": {}}"#, says: "missing field \"completion\""),
        BadLine(
            "a wrong type",
            #"{"id": "bad", "task": {"version": 1, "kind": 5, "language": "c"}, "completion": "x"}"#,
            says: "$.task.kind"
        ),
        BadLine(
            "an unknown kind",
            #"{"id": "bad", "task": {"version": 1, "kind": "sideways", "language": "c"}, "completion": "x"}"#,
            says: "$.task.kind"
        ),
        BadLine(
            "an unknown language",
            RolloutLine.program("bad", "x", language: "klingon").trimmingCharacters(in: .newlines),
            says: "unknown language 'klingon'"
        ),
        BadLine("invalid UTF-8", Array(#"{"id": ""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8), says: "in.jsonl:2:"),
        BadLine("a NUL byte", [0x7B, 0x00, 0x7D], says: "in.jsonl:2:"),
        BadLine("100,000 brackets", String(repeating: "[", count: 100_000), says: "in.jsonl:2:"),
        BadLine(
            "70 MB on one line",
            Array(repeating: UInt8(ascii: "x"), count: 70 << 20),
            says: "more than the limit of"
        ),
    ]

    @Test("scores the others, says where the bad line is, and exits with 1", arguments: badLines)
    func badLine(_ bad: BadLine) throws {
        let newline = [UInt8(ascii: "\n")]
        let first = Array(RolloutLine.prediction("first").utf8)
        let last = Array(RolloutLine.prediction("last").utf8)
        let input = try scratch.file("in.jsonl", bytes: first + bad.bytes + newline + last)
        let outcome = try RetortCommand.run(["score", input])
        #expect(outcome.code == 1)
        #expect(outcome.errors.count == 2, "one for the line, one at the end: \(outcome.stderr)")
        #expect(outcome.stderr.contains("in.jsonl:2:"))
        #expect(outcome.stderr.contains(bad.says), "\(outcome.stderr.prefix(500))")
        let lines = try outcome.lines.map(RolloutLine.read)
        try #require(lines.count == 3)
        #expect(lines.map { $0["infra_error"] as? Int } == [0, 1, 0])
        #expect(lines.map { $0["reward"] as? Double } == [1, nil, 1])
        #expect(lines[1]["reward"] is NSNull)
        #expect(lines[1]["verdict"] is NSNull)
        #expect(Set(lines.map { $0.keys.sorted() }).count == 1)
    }

    @Test("takes what a model wrote as it is: NUL characters and 50 MB of source are bad programs, not bad lines")
    func badPrograms() throws {
        let text = [
            RolloutLine.program("nul", "print(1)\u{0}"),
            RolloutLine.program("large", String(repeating: "x = 1\n", count: 50_000_000 / 6)),
            RolloutLine.program("good", "print(int(input()) * 2)"),
        ].joined()
        let outcome = try RetortCommand.run(["score", "-"], input: text)
        #expect(outcome.code == 0, "\(outcome.stderr.prefix(500))")
        let lines = try outcome.lines.map(RolloutLine.read)
        try #require(lines.count == 3)
        #expect(lines[0]["infra_error"] as? Int == 0)
        #expect(lines[0]["verdict"] as? String != "accepted")
        #expect(lines[1]["infra_error"] as? Int == 0)
        #expect(lines[2]["verdict"] as? String == "accepted")
    }

    @Test("refuses a file that holds nothing", arguments: ["", "\n\n  \n"])
    func empty(text: String) throws {
        let outcome = try RetortCommand.run(["score", scratch.file("in.jsonl", text)])
        #expect(outcome.code == 1)
        #expect(outcome.errors == ["error: the input holds no rollouts"])
        #expect(outcome.stdout.isEmpty)
    }

    @Test("refuses a folder and a file that is not there, before it touches the output")
    func noFile() throws {
        let output = try scratch.file("out", "kept\n")
        for (path, says) in [
            (scratch.path, "is a directory"), ("\(scratch.path)/none", "No such file or directory"),
        ] {
            let outcome = try RetortCommand.run(["score", path, "--output", output])
            #expect(outcome.code == 1)
            #expect(outcome.errors.count == 1)
            #expect(outcome.stderr.contains(says))
        }
        #expect(try scratch.text("out") == "kept\n")
    }

    @Test(
        "ends with one error when the output cannot be written",
        arguments: [(">&-", "Bad file descriptor"), (">/dev/full", "No space left on device")]
    )
    func noOutput(redirection: String, says: String) throws {
        let text = (0..<200).map { RolloutLine.prediction("r\($0)") }.joined()
        let outcome = try RetortCommand.run(["score", "-"], input: text, redirection: redirection)
        #expect(outcome.code == 1)
        #expect(outcome.stderr == "error: cannot write standard output: \(says)\n")
    }

    @Test("ends with one error when the reader of the output goes away")
    func brokenPipe() throws {
        let text = (0..<5000).map { RolloutLine.prediction("r\($0)") }.joined()
        let outcome = try RetortCommand.run(["score", "-"], input: text, redirection: "| head -n 1")
        #expect(outcome.lines.count == 1)
        #expect(outcome.stderr == "error: cannot write standard output: Broken pipe\n")
    }

    @Test("says on a full disk that it can be gone on with")
    func fullDisk() throws {
        let input = try scratch.file("in", RolloutLine.prediction("a"))
        let outcome = try RetortCommand.run(["score", input, "--output", "/dev/full"])
        #expect(outcome.code == 1)
        #expect(outcome.errors == ["error: cannot write '/dev/full': No space left on device"])
    }

    @Test("refuses a preset that does not exist and a reward file with an error in it, with its place")
    func badRewards() throws {
        let input = try scratch.file("in", RolloutLine.prediction("a"))
        let unknown = try RetortCommand.run(["score", input, "--preset", "nope"])
        #expect(unknown.code == 1)
        #expect(unknown.errors.count == 1)
        let file = try scratch.file("rewards.json", "{\n  \"name\": 5\n}")
        let broken = try RetortCommand.run(["score", input, "--rewards", file])
        #expect(broken.code == 1)
        #expect(broken.stderr.contains("rewards.json:2:"))
    }
}
