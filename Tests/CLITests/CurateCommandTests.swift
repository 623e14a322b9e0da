import Foundation
import TestSupport
import Testing

@Suite("retort curate", .timeLimit(.minutes(10))) struct CurateCommandTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    /// A JSON line of a snippet.
    private func line(_ id: String, _ code: String, _ language: String = "python") throws -> String {
        let object = ["id": id, "language": language, "code": code]
        return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self) + "\n"
    }

    private static func function(_ name: String, _ factor: Int) -> String {
        "def \(name)(x, y):\n    total = 0\n    for i in range(x):\n        total += i * y\n    return total * \(factor)\n"
    }

    private static let other = "import sys\nfor line in sys.stdin:\n    print(line.strip().upper(), end='')\n"

    private func report(_ outcome: RetortCommand.Outcome) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(outcome.stdout)) as? [String: Any])
    }

    @Test("keeps one of those that are alike, and says that no more can be kept")
    func curate() throws {
        let text = try line("a", Self.function("f", 2)) + line("b", Self.function("f", 3)) + line("c", Self.other)
        let input = try scratch.file("in.jsonl", text + line("d", Self.other))
        let outcome = try RetortCommand.run(["curate", input, "--output", "\(scratch.path)/out", "--json"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let kept = try scratch.text("out").split(separator: "\n")
        #expect(kept.count == 2)
        #expect(kept.allSatisfy { text.contains($0) }, "lines come out as they went in")
        let report = try report(outcome)
        #expect(report["kept"] as? Int == 2)
        #expect(report["upper_bound"] as? Int == 2)
        #expect(report["optimal"] as? Bool == true)
        #expect((report["dropped"] as? [String: Int]) == ["duplicate": 1])
        let cluster = try #require((report["clusters"] as? [[String: Any]])?.first)
        #expect(cluster["size"] as? Int == 2)
    }

    @Test("reads folders in the languages of the plugins, packed lines and standard input")
    func sources() throws {
        let folder = "\(scratch.path)/src/deep"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(Self.other.utf8).write(to: URL(filePath: "\(folder)/a.py"))
        try Data("int main(void) { return puts(\"hello\"); }\n".utf8).write(to: URL(filePath: "\(folder)/b.c"))
        try Data("nothing".utf8).write(to: URL(filePath: "\(folder)/c.unknown"))
        let packed = try scratch.file("in.jsonl", line("p", Self.function("g", 1)))
        #expect(HostCommand.run("gzip \(packed)") == 0)
        let outcome = try RetortCommand.run(
            ["curate", "\(scratch.path)/src", packed + ".gz", "-", "--json"],
            input: line("s", "console.log([1, 2, 3].map(x => x * x).join())", "js"))
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let report = try report(outcome)
        #expect(report["kept"] as? Int == 4)
        #expect((report["dropped"] as? [String: Int]) == ["unknown_language": 1])
    }

    @Test("counts what is no snippet and goes on")
    func badInput() throws {
        let long = "x = '" + String(repeating: "a", count: 10_000) + "'\n"
        var bytes = Array(try line("good", Self.other).utf8)
        bytes +=
            Array("{\"id\": \"broken\", \"language\": \"python\", \"code\": \"".utf8) + [0xFF, 0xFE]
            + Array("\"}\n".utf8)
        bytes += Array("no json\n{\"id\": 1}\n\n".utf8)
        bytes += Array(try line("long", long).utf8) + Array(try line("zero", "a\u{0}b").utf8)
        bytes += Array(repeating: UInt8(ascii: "z"), count: 17 << 20) + [10]
        bytes += Array(try line("last", Self.function("h", 4)).utf8)
        let input = try scratch.file("in.jsonl", bytes: bytes)
        let outcome = try RetortCommand.run(["curate", input, "--json"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let report = try report(outcome)
        #expect(report["kept"] as? Int == 2)
        let dropped = try #require(report["dropped"] as? [String: Int])
        #expect(dropped == ["broken_encoding": 1, "unreadable": 2, "long_line": 1, "binary": 1, "too_large": 1])
    }

    @Test("takes nothing that a folder holds as a reason to stop")
    func badFolder() throws {
        let folder = "\(scratch.path)/src"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
            try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
        }
        try write("good.py", Self.other.utf8)
        try write("binary.py", (0...255).map { UInt8($0) })
        try write("latin.py", Array("name = '".utf8) + [0xFC] + Array("'\n".utf8))
        try write("long.py", "x = '\(String(repeating: "a", count: 10_000))'\n".utf8)
        try write("empty.py", [])
        try write("data.json", "{\n  \"no\": \"snippet\"\n}\n".utf8)
        try write("torn.jsonl.gz", [0x1F, 0x8B, 8, 0])
        try write("torn.py.gz", [0x1F, 0x8B, 8, 0])
        #expect(HostCommand.run("truncate -s 100M \(folder)/huge.py && mkfifo \(folder)/pipe.py") == 0)
        #expect(HostCommand.run("printf 'print(1)' > \"\(folder)/$(printf 'odd\\377').py\"") == 0)
        let outcome = try RetortCommand.run(["curate", folder, "--json"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let report = try report(outcome)
        #expect(report["kept"] as? Int == 1)
        let dropped = try #require(report["dropped"] as? [String: Int])
        #expect(
            dropped == [
                "binary": 1, "broken_encoding": 1, "long_line": 1, "too_short": 1, "too_long": 1, "unknown_language": 1,
                "unreadable": 3,
            ])
    }

    @Test("keeps the heaviest set when asked, and proves it")
    func maximumWeight() throws {
        // A chain of three, whose middle outweighs its ends.
        func code(_ first: Int, _ count: Int) -> String {
            (first..<first + count).map { "value_\($0) = compute(\($0))\n" }.joined()
        }
        var text = ""
        for (id, first, weight) in [("left", 0, 3), ("middle", 4, 9), ("right", 8, 3)] {
            let object: [String: Any] = ["id": id, "language": "python", "code": code(first, 12), "weight": weight]
            text += String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self) + "\n"
        }
        let input = try scratch.file("in.jsonl", text)
        let common = ["curate", input, "--similarity", "lines", "--threshold", "0.5", "--prefer", "given", "--json"]
        let largest = try report(RetortCommand.run(common))
        #expect(largest["kept"] as? Int == 2)
        #expect(largest["heaviest_of_its_size"] as? Bool == true)
        let heaviest = try report(RetortCommand.run(common + ["--maximum-weight"]))
        #expect(heaviest["kept"] as? Int == 1)
        #expect(heaviest["weight"] as? Int == 9)
        #expect(heaviest["weight_upper_bound"] as? Int == 9)
        #expect(heaviest["optimal"] as? Bool == true)
    }

    @Test("prefers what runs in the sandbox")
    func executable() throws {
        let runs = Self.function("f", 2)
        let text = try line("fails", runs + "print(f(1, undefined))\n") + line("runs", runs + "print(f(1, 2))\n")
        let outcome = try RetortCommand.run([
            "curate", try scratch.file("in.jsonl", text), "--prefer", "executable", "--output", "\(scratch.path)/out",
        ])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        #expect(try scratch.text("out").contains("\"runs\""))
    }

    @Test("survives every kind of damage to a packed file", arguments: 0..<6)
    func damage(seed: Int) throws {
        let plain = try scratch.file(
            "in.jsonl", (0..<50).map { try line("\($0)", Self.function("f\($0)", $0)) }.joined())
        #expect(HostCommand.run("gzip \(plain)") == 0)
        var bytes = try scratch.bytes("in.jsonl.gz")
        switch seed {
        case 0: bytes.removeLast(bytes.count / 2)
        case 1: bytes[bytes.count / 3] ^= 0x55
        case 2: bytes[3] ^= 0xFF
        case 3: bytes = Array(bytes.prefix(2))
        case 4: bytes += [0, 0, 0]
        default: bytes += bytes
        }
        let input = try scratch.file("bad.jsonl.gz", bytes: bytes)
        let outcome = try RetortCommand.run(["curate", input, "--json"])
        #expect(outcome.code == (seed < 4 ? 1 : 0), "\(outcome.stderr)")
        #expect(outcome.errors.count == (seed < 4 ? 1 : 0))
    }

    @Test("keeps parts of a benchmark out, and says which")
    func decontamination() throws {
        let benchmark = try scratch.file("bench.jsonl", line("task/7", Self.function("secret", 7)))
        let input = try scratch.file(
            "in.jsonl", line("leak", "# copied\n" + Self.function("secret", 7)) + line("own", Self.other))
        let outcome = try RetortCommand.run(["curate", input, "--decontaminate", benchmark, "--json"])
        let report = try report(outcome)
        #expect(report["kept"] as? Int == 1)
        let contaminated = try #require((report["contaminated"] as? [[String: Any]])?.first)
        #expect(contaminated["id"] as? String == "leak")
        #expect(contaminated["benchmark_item"] as? String == "task/7")
    }

    @Test("keeps only what compiles, when asked")
    func compiling() throws {
        let text =
            try line("good", Self.other) + line("bad", "def f(:\n    pass\n") + line("crash", "raise ValueError(1)")
            + line("c", "int main(void) { return x; }", "c")
        let outcome = try RetortCommand.run(["curate", try scratch.file("in.jsonl", text), "--check", "--json"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let report = try report(outcome)
        #expect((report["dropped"] as? [String: Int]) == ["does_not_compile": 2])
        #expect(report["kept"] as? Int == 2)
    }

    @Test("prefers as told where the number is the same")
    func preference() throws {
        let long = Self.function("f", 2) + "print(f(1, 2))\nprint(f(3, 4))\n"
        let text = try line("long", long) + line("short", Self.function("f", 2))
        let input = try scratch.file("in.jsonl", text)
        let outcome = try RetortCommand.run(["curate", input, "--prefer", "shorter", "--output", "\(scratch.path)/out"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        #expect(try scratch.text("out").contains("\"short\""))
        #expect(outcome.stderr.contains("optimal, proven"))
    }

    @Test("prints a maximum clique of a DIMACS graph and a maximum set of a list of pairs")
    func graphs() throws {
        let graph = "\(PackageRoot.path)/Tests/Fixtures/dimacs/hamming6-4.clq.b"
        let clique = try RetortCommand.run(["curate", "--graph", graph])
        #expect(clique.code == 0)
        #expect(clique.text.contains("clique    4 vertices, verified"))
        let list = try scratch.file("ring.txt", "5 5\n0 1\n1 2\n2 3\n3 4\n4 0\n")
        let set = try RetortCommand.run(["curate", "--conflicts", list])
        #expect(set.code == 0)
        #expect(set.text.contains("set       2 vertices, verified"))
        let bad = try RetortCommand.run(["curate", "--conflicts", try scratch.file("bad.txt", "2 1\n0 9\n")])
        #expect(bad.code == 1)
        #expect(bad.errors.count == 1)
    }

    @Test(
        "solves graphs of similar functions, and proves what was proven before",
        arguments: [("blk400_50", 349, 349), ("blk400_40", 88, 88), ("lcs4k_50", 2695, 2695), ("lcs4k_45", 1490, 1538)])
    func conflicts(name: String, least: Int, bound: Int) throws {
        let path = "\(PackageRoot.path)/Tests/Fixtures/conflict/\(name).edges.gz"
        let outcome = try RetortCommand.run(["curate", "--conflicts", path, "--effort", "quick", "--json"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let report = try report(outcome)
        #expect(try #require(report["size"] as? Int) >= least)
        #expect(try #require(report["upper_bound"] as? Int) <= bound)
        #expect(report["proven"] as? Bool == (least == bound))
    }

    @Test("gives the best so far with its bound at Ctrl-C")
    func interruption() throws {
        // A random graph that nobody solves in a minute.
        var text = "p edge 700 0\n"
        var state: UInt64 = 1
        for vertex in 2...700 {
            for other in 1..<vertex {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                if state >> 33 & 7 != 0 { text += "e \(vertex) \(other)\n" }
            }
        }
        let process = try RetortCommand.start(
            ["curate", "--graph", try scratch.file("hard.clq", text)], output: "\(scratch.path)/1",
            errors: "\(scratch.path)/2")
        usleep(3_000_000)
        #expect(process.isRunning)
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(process.terminationStatus == 128 + SIGINT)
        #expect(try scratch.text("1").contains("not reached"))
        #expect(try scratch.text("1").contains("verified"))
    }

    @Test(
        "refuses what makes no sense",
        arguments: [
            [], ["x", "--graph", "y"], ["x"], ["x", "--json", "--threshold", "0"], ["x", "--json", "--pairs", "magic"],
            ["x", "--json", "--min-lines", "9", "--max-lines", "1"], ["x", "--json", "--maximum-weight"],
        ])
    func usage(arguments: [String]) throws {
        #expect(try RetortCommand.run(["curate"] + arguments).code == 64)
    }
}
