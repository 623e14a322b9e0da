import Foundation
import Testing

/// A language that Retort does not bring: a folder beside the repository, without a line of Swift.
@Suite("A language of one's own", .timeLimit(.minutes(5))) struct OwnLanguageTests {
    private static let manifest = """
        {
          "$comment": "A stream editor; its programs are scripts for sed.",
          "version": 1,
          "name": "sed",
          "source": { "file": "main.sed" },
          "toolchain": { "program": "/bin/sed", "version": ["{program}", "--version"], "package": "sed" },
          "run": { "command": ["{program}", "-E", "-f", "{source}"] },
          "errors": { "run": [{ "match": ["{}sed: file {file} line {line}: {message}"], "type": "error" }] }
        }

        """

    private static func language(in scratch: ScratchFolder, _ folder: String = "sed") throws -> String {
        let path = "\(scratch.path)/\(folder)"
        try FileManager.default.createDirectory(atPath: "\(path)/examples", withIntermediateDirectories: true)
        _ = try scratch.file("\(folder)/plugin.json", manifest)
        _ = try scratch.file("\(folder)/examples/hello.sed", "1i Hello, world!\n")
        return path
    }

    @Test("runs from a folder that is named, and from one of the environment")
    func named() throws {
        let scratch = try ScratchFolder()
        _ = try Self.language(in: scratch)
        let program = try scratch.file("shout.sed", "s/a+/A/\n")
        for outcome in [
            try RetortCommand.run(["run", program, "--stdin", "bazaar", "--plugins", scratch.path]),
            try RetortCommand.run(
                ["run", program, "--stdin", "bazaar"], environment: ["RETORT_PLUGINS": scratch.path]),
        ] {
            #expect(outcome.code == 0, "\(outcome.stderr)")
            #expect(outcome.text == "bAzaar")
        }
    }

    @Test("is installed for its user, whole, once, and only as what it was said to be")
    func added() throws {
        let scratch = try ScratchFolder()
        let folder = try Self.language(in: scratch)
        let home = ["XDG_DATA_HOME": "\(scratch.path)/data"]
        let wrong = try RetortCommand.run(["plugins", "add", folder, "--digest", "00ff"], environment: home)
        #expect(wrong.code == 1 && wrong.stderr.contains("the digest is"))
        let added = try RetortCommand.run(["plugins", "add", folder], environment: home)
        #expect(added.code == 0, "\(added.stderr)")
        let digest = try #require(added.lines.last?.split(separator: " ").last)
        #expect(try RetortCommand.run(["plugins", "add", folder], environment: home).code == 1)
        let again = ["plugins", "add", folder, "--replace", "--digest", String(digest)]
        #expect(try RetortCommand.run(again, environment: home).code == 0)
        let shown = try RolloutLine.read(
            try RetortCommand.run(["plugins", "show", "sed", "--json"], environment: home).text)
        #expect(shown["folder"] as? String == "\(scratch.path)/data/retort/plugins/sed")
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/data/retort/plugins") == ["sed"])
    }

    @Test("that wants the name of another is told who has it")
    func shadowing() throws {
        let scratch = try ScratchFolder()
        _ = try Self.language(in: scratch)
        _ = try scratch.file(
            "sed/plugin.json",
            Self.manifest.replacingOccurrences(of: "\"sed\",\n  \"source", with: "\"lua\",\n  \"source"))
        let list = try RetortCommand.run(["plugins", "list", "--plugins", scratch.path])
        #expect(list.stderr.contains("note: searched, the first wins: \(scratch.path)"))
        #expect(list.stderr.contains("'lua' of \(PackageFolder.plugins)/lua is shadowed by \(scratch.path)/sed"))
        let program = try scratch.file("p.sed", "s/a/b/\n")
        let run = try RetortCommand.run(
            ["run", program, "--language", "lua", "--stdin", "a", "--plugins", scratch.path])
        #expect(run.text == "b" && run.stderr.contains("is shadowed by"))
    }

    @Test(
        "is refused when its folder could lead elsewhere",
        arguments: ["link", "linked folder", "pipe", "hidden", "dangling", "large", "deep", "wrong"])
    func hostile(kind: String) throws {
        let scratch = try ScratchFolder()
        let folder = try Self.language(in: scratch)
        let files = FileManager.default
        switch kind {
        case "link": try files.createSymbolicLink(atPath: "\(folder)/call.py", withDestinationPath: "/etc/passwd")
        case "linked folder": try files.createSymbolicLink(atPath: "\(folder)/more", withDestinationPath: "/etc")
        case "dangling": try files.createSymbolicLink(atPath: "\(folder)/gone", withDestinationPath: "/nowhere")
        case "pipe": #expect(mkfifo("\(folder)/pipe", 0o644) == 0)
        case "hidden": _ = try scratch.file("sed/.profile", "x")
        case "large": _ = try scratch.file("sed/large", String(repeating: "x", count: 5 << 20))
        case "deep":
            try files.createDirectory(atPath: "\(folder)/a/b/c/d/e/f", withIntermediateDirectories: true)
        default: _ = try scratch.file("sed/plugin.json", "{\"version\": 1}")
        }
        let outcome = try RetortCommand.run(
            ["plugins", "add", folder], environment: ["XDG_DATA_HOME": "\(scratch.path)/data"])
        #expect(outcome.code == 1 && outcome.errors.count == 1, "\(outcome.stderr)")
        let left = (try? files.contentsOfDirectory(atPath: "\(scratch.path)/data/retort/plugins")) ?? []
        #expect(left.isEmpty)
    }

    @Test("starts as a skeleton that is read, and whose verification says what to write", arguments: [false, true])
    func skeleton(compiled: Bool) throws {
        let scratch = try ScratchFolder()
        let new = ["plugins", "new", "mine", "--program", "/bin/sed", "--package", "sed", "--directory", scratch.path]
        let made = try RetortCommand.run(new + (compiled ? ["--compiled"] : []))
        #expect(made.code == 0 && made.lines == ["\(scratch.path)/mine"], "\(made.stderr)")
        #expect(try RetortCommand.run(new).code == 1)
        let outcome = try RetortCommand.run(["plugins", "verify", "mine", "--plugins", scratch.path, "--repeats", "1"])
        #expect(outcome.code == 1)
        #expect(outcome.text.contains("change:") && outcome.text.contains("mine/hello"))
        #expect(try RetortCommand.run(["plugins", "new", "No Name", "--directory", scratch.path]).code == 1)
    }
}
