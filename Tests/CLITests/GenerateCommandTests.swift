import Foundation
import TestSupport
import Testing

@Suite("retort generate", .serialized)
struct GenerateCommandTests {
    private static let snippets =
        [
            #"{"id":"a","language":"python","code":"x = 12\ny = 30\nprint(x + y)\n"}"#,
            #"{"id":"b","language":"bash","code":"read -r n\necho $((n * 2))\n","stdin":"21\n"}"#,
            #"{"id":"c","language":"python","code":"def f(a):\n    return a * 3\n","input":"7"}"#,
            #"{"id":"d","language":"javascript","code":"const a = 1 + 2;\nconsole.log(a);\n"}"#,
        ].joined(separator: "\n") + "\n"

    private func generate(_ arguments: [String], _ input: String = Self.snippets) throws -> RetortCommand.Outcome {
        try RetortCommand.run(["generate", "-"] + arguments, input: input)
    }

    @Test("writes the same bytes whatever runs at once, and others in another epoch", .timeLimit(.minutes(5)))
    func deterministic() throws {
        let options = ["--tasks-per-snippet", "3", "--seed", "4"]
        let one = try generate(options + ["--jobs", "1"])
        let two = try generate(options + ["--jobs", "2"])
        #expect(one.code == 0, "\(one.stderr)")
        #expect(!one.lines.isEmpty)
        #expect(one.text == two.text)
        #expect(try generate(options + ["--epoch", "1"]).text != one.text)
    }

    @Test("goes on behind what a kill left, to the same bytes", .timeLimit(.minutes(5)))
    func resume() throws {
        let scratch = try ScratchFolder()
        let input = try scratch.file("snippets.jsonl", Self.snippets)
        let output = "\(scratch.path)/tasks.jsonl"
        let options = ["generate", input, "--tasks-per-snippet", "2", "--output", output]
        #expect(try RetortCommand.run(options).code == 0)
        let whole = try scratch.text("tasks.jsonl")
        for keep in [whole.utf8.count / 3, whole.utf8.count - 5] {
            try String(decoding: Array(whole.utf8.prefix(keep)), as: UTF8.self)
                .write(toFile: output, atomically: false, encoding: .utf8)
            #expect(try RetortCommand.run(options + ["--resume"]).code == 0)
            #expect(try scratch.text("tasks.jsonl") == whole)
        }
    }

    @Test("never puts what a curation found alike on both sides of a split", .timeLimit(.minutes(5)))
    func splits() throws {
        let scratch = try ScratchFolder()
        var lines = ""
        for index in 0..<24 {
            let body = (0..<6).map { "v\($0) = \(index) * \($0) + \((index * 7 + $0) % 11)" }
            for (copy, last) in ["print(v0 + v5)", "print(v1 + v5)", "print(v1 + v5)"].enumerated() {
                let row = [
                    "id": "\(index)-\(copy)", "language": "python",
                    "code": (body.shuffledBy(index) + [last]).joined(separator: "\n") + "\n",
                ]
                lines += String(decoding: try JSONSerialization.data(withJSONObject: row), as: UTF8.self) + "\n"
            }
        }
        let input = try scratch.file("in.jsonl", lines)
        let report = "\(scratch.path)/report.json"
        let curated = try RetortCommand.run(
            ["curate", input, "--output", "\(scratch.path)/kept", "--report", report])
        #expect(curated.code == 0, "\(curated.stderr)")
        let outcome = try RetortCommand.run([
            "generate", input, "--plain", "--mix", "forward", "--splits", "train=1,test=1", "--clusters", report,
        ])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        var parts: [String: Set<String>] = [:]
        for line in outcome.lines {
            let row = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let cluster = try #require((row["snippet"] as? String)?.split(separator: "-").first)
            parts[String(cluster), default: []].insert(try #require(row["split"] as? String))
        }
        #expect(outcome.lines.count == 72)
        #expect(parts.count == 24)
        #expect(parts.values.allSatisfy { $0.count == 1 })
        #expect(Set(parts.values.joined()) == ["train", "test"])
        let others = try scratch.file("others.jsonl", #"{"id":"z","language":"python","code":"print(1)\n"}"#)
        let warned = try RetortCommand.run(["generate", others, "--plain", "--mix", "forward", "--clusters", report])
        #expect(warned.errors.first?.contains("no snippet is in a cluster") == true)
        #expect(try RetortCommand.run(["generate", others, "--clusters", others]).code == 1)
    }

    @Test("measures prompts in the tokens of a tokenizer", .timeLimit(.minutes(5)))
    func tokens() throws {
        let tokenizer = "\(PackageRoot.path)/Tests/Fixtures/tokenizers/smollm.json"
        let options = ["--plain", "--mix", "forward", "--tokenizer", tokenizer]
        let all = try generate(options)
        #expect(all.code == 0, "\(all.stderr)")
        // By characters nothing would be left of this limit; by tokens most is.
        let some = try generate(options + ["--prompt-length", "600", "--summary"])
        #expect(!some.lines.isEmpty && some.lines.count <= all.lines.count, "\(some.stderr)")
        #expect(try generate(["--plain", "--mix", "forward", "--prompt-length", "600"]).lines.isEmpty)
        let scratch = try ScratchFolder()
        let broken = try scratch.file("t.json", #"{"model":{"type":"Unigram"}}"#)
        #expect(try generate(["--tokenizer", broken]).errors.first?.contains("t.json") == true)
    }

    @Test("says what is wrong with a line and with the settings", .timeLimit(.minutes(5)))
    func errors() throws {
        let outcome = try generate(["--plain"], "{\"code\": 1}\nnonsense\n")
        #expect(outcome.code == 1)
        #expect(outcome.errors.count == 3)
        #expect(try generate(["--mix", "sideways=1"]).errors.first?.contains("sideways") == true)
        #expect(try generate(["--format", "csv"]).errors.first?.contains("csv") == true)
        let scratch = try ScratchFolder()
        let config = try scratch.file("c.json", "{\"edits\": {\"renaming\": 2}}")
        #expect(try generate(["--config", config]).errors.first?.contains("$.edits.renaming") == true)
        let templates = try scratch.file("t.json", "{\"forward\": [\"{setting}\"]}")
        #expect(try generate(["--templates", templates]).errors.first?.contains("{answer}") == true)
    }
}

extension [String] {
    /// The same lines, turned round: other programs of equal parts.
    fileprivate func shuffledBy(_ number: Int) -> [String] {
        Array(self[(number % count)...] + self[..<(number % count)])
    }
}
