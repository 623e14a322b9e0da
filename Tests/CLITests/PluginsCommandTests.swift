import Foundation
import Testing

@Suite("retort plugins and doctor", .timeLimit(.minutes(5))) struct PluginsCommandTests {
    @Test("lists every language that has a folder")
    func list() throws {
        let outcome = try RetortCommand.run(["plugins", "list", "--json"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let list = try JSONSerialization.jsonObject(with: Data(outcome.stdout)) as? [[String: Any]] ?? []
        let folders = try FileManager.default.contentsOfDirectory(atPath: PackageFolder.plugins)
            .filter { FileManager.default.fileExists(atPath: "\(PackageFolder.plugins)/\($0)/plugin.json") }
        #expect(Set(list.compactMap { $0["name"] as? String }) == Set(folders))
        let table = try RetortCommand.run(["plugins", "list"])
        #expect(table.lines.count == folders.count + 1)
    }

    @Test("shows a language by its alias, with its manifest")
    func show() throws {
        let outcome = try RetortCommand.run(["plugins", "show", "python3", "--json"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let object = try RolloutLine.read(outcome.text)
        #expect(object["name"] as? String == "python")
        #expect((object["manifest"] as? [String: Any])?["name"] as? String == "python")
        #expect(try RetortCommand.run(["plugins", "show", "klingon"]).code == 1)
    }

    @Test("leaves a plugin with a mistake out, says where it is, and goes on with the others")
    func mistake() throws {
        let scratch = try ScratchFolder()
        try FileManager.default.createDirectory(atPath: "\(scratch.path)/mine", withIntermediateDirectories: true)
        _ = try scratch.file("mine/plugin.json", "{\n  \"version\": \"one\"\n}\n")
        for outcome in [
            try RetortCommand.run(["plugins", "list", "--plugins", scratch.path]),
            try RetortCommand.run(["plugins", "list"], environment: ["RETORT_PLUGINS": scratch.path]),
        ] {
            #expect(outcome.code == 0)
            #expect(outcome.stderr.contains("mine/plugin.json:2:"), "\(outcome.stderr)")
            #expect(outcome.text.contains("bash"))
        }
        let verified = try RetortCommand.run(["plugins", "verify", "mine", "--plugins", scratch.path])
        #expect(verified.code == 1 && verified.errors.contains { $0.contains("mine/plugin.json:2:") })
    }

    @Test("gives the name of a plugin with a mistake to nobody else")
    func mistakeInFront() throws {
        let scratch = try ScratchFolder()
        try FileManager.default.createDirectory(atPath: "\(scratch.path)/bash", withIntermediateDirectories: true)
        _ = try scratch.file("bash/plugin.json", "{\n  \"version\": 1,\n}\n")
        let program = try scratch.file("program.sh", "echo shipped\n")
        let outcome = try RetortCommand.run(["run", program, "--language", "bash", "--plugins", scratch.path])
        #expect(outcome.code != 0 && !outcome.text.contains("shipped"))
        #expect(outcome.errors.contains { $0.contains("bash/plugin.json:3:") }, "\(outcome.stderr)")
    }

    @Test("shows a manifest with its defaults filled in")
    func filled() throws {
        let object = try RolloutLine.read(try RetortCommand.run(["plugins", "show", "lua", "--json"]).text)
        let run = (object["manifest"] as? [String: Any])?["run"] as? [String: Any]
        #expect((run?["limits"] as? [String: Int])?["memory_mb"] == 512)
        #expect((run?["needs"] as? [String: Int])?["threads"] == 0)
    }

    @Test("verifies a language check by check, times it, and remembers how it did")
    func verify() throws {
        let scratch = try ScratchFolder()
        let environment = ["XDG_CACHE_HOME": scratch.path]
        let arguments = ["plugins", "verify", "bash", "--repeats", "3"]
        let outcome = try RetortCommand.run(arguments + ["--json"], environment: environment)
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let languages = try JSONSerialization.jsonObject(with: Data(outcome.stdout)) as? [[String: Any]] ?? []
        #expect(languages.count == 1 && languages.first?["passed"] as? Bool == true)
        #expect(languages.first?["warm_ms"] as? Double ?? 0 > 0)
        let checks = languages.first?["checks"] as? [[String: Any]] ?? []
        #expect(checks.contains { $0["name"] as? String == "network" && $0["state"] as? String == "passed" })
        #expect(checks.contains { $0["name"] as? String == "threads" && $0["state"] as? String == "not_applicable" })
        let list = try RetortCommand.run(["plugins", "list", "--json"], environment: environment)
        let known = try JSONSerialization.jsonObject(with: Data(list.stdout)) as? [[String: Any]] ?? []
        #expect(known.first { $0["name"] as? String == "bash" }?["verified"] as? Bool == true)
        #expect(known.first { $0["name"] as? String == "bash" }?["start_ms"] as? Double ?? 0 > 0)
        let table = try RetortCommand.run(arguments + ["--markdown"], environment: environment)
        #expect(table.lines.first?.hasPrefix("| language |") == true && table.lines.count == 3)
    }

    @Test("the README's table has a row for each language, as verify prints them")
    func readme() throws {
        let text = try String(contentsOfFile: "\(PackageFolder.root)/README.md", encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let outcome = try RetortCommand.run(["plugins", "list", "--json"])
        let list = try JSONSerialization.jsonObject(with: Data(outcome.stdout)) as? [[String: Any]] ?? []
        for language in list {
            let name = try #require(language["name"] as? String)
            let row = rows.first { $0.first == name && $0.count == 7 }
            #expect(row != nil, "\(name) has no row; run make languages-table")
            #expect(row?[6].contains(" of ") == true)
        }
    }

    @Test("says what isolates, who enforces each limit, and each toolchain")
    func doctor() throws {
        let outcome = try RetortCommand.run(["doctor", "--json"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let report = try RolloutLine.read(outcome.text)
        #expect(report["can_run"] as? Bool == true)
        let limits = (report["isolation"] as? [String: Any])?["limits"] as? [String: String] ?? [:]
        #expect(limits["memory"] != nil && limits["cpu_time"] != nil && limits["output"] != nil)
        #expect((report["languages"] as? [[String: Any]])?.isEmpty == false)
        let text = try RetortCommand.run(["doctor"]).text
        for word in ["isolation", "layers", "limit", "enforced by", "language", "python"] {
            #expect(text.contains(word))
        }
    }
}
