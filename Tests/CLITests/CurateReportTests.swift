import Foundation
import TestSupport
import Testing

@Suite("The report of retort curate", .timeLimit(.minutes(10)))
struct CurateReportTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func line(_ id: String, _ code: String) throws -> String {
        let object = ["id": id, "language": "python", "code": code]
        return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self) + "\n"
    }

    /// A program whose parts are its own, but for a number that tells near-duplicates apart.
    private static func program(_ number: Int, _ copy: Int) -> String {
        let body = (0..<12).map { "value_\(number)_\($0) = compute_\(number)(\($0), \($0 * number))\n" }.joined()
        return body + "print(value_\(number)_3, \(copy))\n"
    }

    private func report(_ outcome: RetortCommand.Outcome) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(outcome.stdout)) as? [String: Any])
    }

    @Test(
        "has every key of the published form, and the same as a table",
        arguments: [("tokens", "0.8"), ("lines", "0.8"), ("diff", "0.97")])
    func keys(similarity: String, threshold: String) throws {
        var text = ""
        for number in 0..<6 {
            for copy in 0...number % 3 { text += try line("\(number)-\(copy)", Self.program(number, copy)) }
        }
        let input = try scratch.file("in.jsonl", text + text)
        let outcome = try RetortCommand.run([
            "curate", input, "--similarity", similarity, "--threshold", threshold, "--prefer", "shorter", "--json",
        ])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let report = try report(outcome)
        #expect(
            Set(report.keys) == [
                "version", "read", "complete", "dropped", "contaminated", "snippets", "tokens", "similarity",
                "threshold", "pairs_by",
                "pairs_complete", "similar_pairs", "kernel", "kept", "upper_bound", "gap", "optimal", "verified",
                "seed", "weight",
                "preference", "heaviest_of_its_size", "seconds", "clusters",
            ])
        #expect(report["read"] as? Int == 24 && report["snippets"] as? Int == 12)
        #expect(report["dropped"] as? [String: Int] == ["duplicate": 12])
        #expect(report["kept"] as? Int == 6 && report["upper_bound"] as? Int == 6)
        #expect(report["similarity"] as? String == similarity && report["threshold"] as? Double == Double(threshold))
        let clusters = try #require(report["clusters"] as? [[String: Any]])
        #expect(clusters.compactMap { $0["size"] as? Int }.sorted() == [2, 2, 3, 3])
        let seconds = try #require(report["seconds"] as? [String: Double])
        #expect(seconds.count >= 3 && seconds.values.allSatisfy { $0 >= 0 })
        for words in [
            "upper bound", "optimal, proven", "similar pairs", "duplicate", "\(similarity) similarity of \(threshold)",
        ] {
            let shown = try RetortCommand.run([
                "curate", input, "--similarity", similarity, "--threshold", threshold, "--output", "\(scratch.path)/o",
            ])
            #expect(shown.stderr.contains(words), "\(shown.stderr)")
        }
    }

    @Test("is of the cleaner, and of the rarer, where the number is the same")
    func preferences() throws {
        let clean = Self.program(1, 1)
        let untidy = Self.program(1, 2).replacingOccurrences(of: "\n", with: "   \n")
        let input = try scratch.file("in.jsonl", line("untidy", untidy) + line("clean", clean))
        let output = "\(scratch.path)/out"
        #expect(try RetortCommand.run(["curate", input, "--prefer", "cleaner", "--output", output]).code == 0)
        #expect(try scratch.text("out").contains("\"clean\""))
        // One of two that are alike has parts that nothing else has, the other one parts of a third.
        let common = "shared_a = start(1, 2)\nshared_b = start(3, 4)\nshared_c = start(5, 6)\n"
        let rare = "unseen_k = begin(7, 8)\nunseen_m = begin(9, 1)\nunseen_n = begin(2, 3)\n"
        let third = common + Self.program(7, 0) + Self.program(8, 0) + Self.program(9, 0)
        let text =
            try line("common", Self.program(2, 0) + common) + line("rare", Self.program(2, 0) + rare)
            + line("third", third)
        let arguments = ["curate", try scratch.file("rare.jsonl", text), "--prefer", "rarer", "--output", output]
        #expect(try RetortCommand.run(arguments).code == 0)
        #expect(try scratch.text("out").contains("\"rare\"") && !scratch.text("out").contains("\"common\""))
    }

    @Test("tells of a search that ended early what was found and what cannot be beaten", arguments: [true, false])
    func early(bySignal: Bool) throws {
        let graph = "\(PackageRoot.path)/Tests/Fixtures/conflict/lcs4k_45.edges.gz"
        let arguments = ["curate", "--conflicts", graph, "--effort", "thorough", "--json"]
        let answer: [String: Any]
        if bySignal {
            let process = try RetortCommand.start(arguments, output: "\(scratch.path)/1", errors: "\(scratch.path)/2")
            usleep(1_500_000)
            kill(process.processIdentifier, SIGINT)
            process.waitUntilExit()
            answer = try #require(
                JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: "\(scratch.path)/1")))
                    as? [String: Any])
        } else {
            let outcome = try RetortCommand.run(arguments + ["--time-budget", "1s"])
            #expect(outcome.code == 0, "\(outcome.stderr)")
            answer = try report(outcome)
        }
        let size = try #require(answer["size"] as? Int)
        let bound = try #require(answer["upper_bound"] as? Int)
        #expect(size >= 1000 && size <= bound && bound <= 4000)
        #expect(answer["verified"] as? Bool == true)
    }

    @Test("is written, with what is kept, when somebody presses Ctrl-C in the midst of a corpus")
    func interrupted() throws {
        var text = ""
        for number in 0..<3000 { text += try line("\(number)", Self.program(number, 0)) }
        let input = try scratch.file("in.jsonl", text)
        let report = "\(scratch.path)/report.json"
        let process = try RetortCommand.start(
            ["curate", input, "--similarity", "diff", "--output", "\(scratch.path)/kept", "--report", report],
            output: "\(scratch.path)/1", errors: "\(scratch.path)/2")
        usleep(2_000_000)
        #expect(process.isRunning)
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(process.terminationStatus == 128 + SIGINT)
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: report))) as? [String: Any])
        #expect(object["pairs_complete"] as? Bool == false && object["optimal"] as? Bool == false)
        #expect(try scratch.text("kept").split(separator: "\n").count == object["kept"] as? Int)
    }
}
