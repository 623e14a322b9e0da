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

    @Test("finds a language in a folder of one's own, and says where a manifest is wrong")
    func ownFolder() throws {
        let scratch = try ScratchFolder()
        try FileManager.default.createDirectory(atPath: "\(scratch.path)/mine", withIntermediateDirectories: true)
        _ = try scratch.file("mine/plugin.json", "{\n  \"version\": \"one\"\n}\n")
        for outcome in [
            try RetortCommand.run(["plugins", "list", "--plugins", scratch.path]),
            try RetortCommand.run(["plugins", "list"], environment: ["RETORT_PLUGINS": scratch.path]),
        ] {
            #expect(outcome.code == 1)
            #expect(outcome.errors.count == 1)
            #expect(outcome.stderr.contains("mine/plugin.json:2:"), "\(outcome.stderr)")
        }
    }

    @Test("verifies the examples of a language")
    func verify() throws {
        let outcome = try RetortCommand.run(["plugins", "verify", "python", "--json"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let rows = try JSONSerialization.jsonObject(with: Data(outcome.stdout)) as? [[String: Any]] ?? []
        #expect(rows.count >= 4)
        #expect(rows.allSatisfy { $0["passed"] as? Bool == true })
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
