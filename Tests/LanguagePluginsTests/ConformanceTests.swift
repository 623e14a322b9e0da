import Sandbox
import Tasks
import Testing

@testable import LanguagePlugins

@Suite("Conformance of the languages", .serialized)
struct ConformanceTests {
    @Test("every language that is installed does what every language must", .timeLimit(.minutes(30)))
    func verify() async throws {
        let runner = try PluginFixture.runner()
        let languages = try await Conformance.verify(
            PluginFixture.installed, runner: runner, fresh: runner, width: runner.sandbox.slots, repeats: 25)
        #expect(!languages.isEmpty)
        for language in languages {
            for row in language.rows where row.state == .failed {
                Issue.record("\(language.plugin.manifest.name)/\(row.name): \(row.detail)\n\(row.advice)")
            }
        }
    }

    @Test(
        "every language runs and fails at the weaker levels too", .timeLimit(.minutes(30)),
        arguments: [IsolationLevel.userns, .landlock])
    func levels(level: IsolationLevel) async throws {
        let sandbox = try SandboxRunner(SandboxOptions(strongest: level))
        #expect(sandbox.isolation.level == level)
        let runner = try ProgramRunner(registry: PluginFixture.registry.get(), sandbox: sandbox, cache: nil)
        let plugins = PluginFixture.installed
        let rows = try await Concurrently.map(plugins.count, width: sandbox.slots) { (index) throws(PluginError) in
            let run = ConformanceRun(
                plugin: plugins[index], runner: runner, fresh: runner, witness: try HostWitness(), repeats: 1)
            return await run.rows(of: [.hello, .runtimeError])
        } until: { _ in
            false
        }
        for (plugin, rows) in zip(plugins, rows) {
            for row in rows {
                let story: Comment = "\(plugin.manifest.name)/\(row.name): \(row.detail)"
                if ["swift", "csharp"].contains(plugin.manifest.name), level == .landlock {
                    // This level shows no /proc: swiftc traps and mono aborts; plugins/README.md says so.
                    withKnownIssue { #expect(row.state != .failed, story) }
                } else {
                    #expect(row.state != .failed, story)
                }
            }
        }
    }

    @Test("a language is the folder of its name, and no shipped language takes another's name")
    func languages() throws {
        let registry = try PluginFixture.registry.get()
        #expect(registry.all.count >= 32)
        #expect(registry.shadowed.isEmpty)
        for plugin in registry.all {
            #expect(plugin.folder.hasSuffix("/\(plugin.manifest.name)"))
            if case .available(let version) = plugin.availability {
                #expect(version.contains { $0.isNumber }, "\(plugin.manifest.name) calls itself \(version)")
            }
        }
    }

    @Test("a language shows each check or says why it does not apply", arguments: PluginFixture.languages)
    func examples(_ plugin: LanguagePlugin) throws {
        let stems = Set(try ConformanceExample.all(of: plugin).map(\.stem))
        let isCompiled = plugin.manifest.compile != nil
        let terms = plugin.manifest.conformance
        #expect(stems.contains("hello"))
        for check in ConformanceCheck.allCases where plugin.manifest.extends == nil && !check.isForTestsOnly {
            let isShown = stems.contains(check.example(isCompiled: isCompiled))
            #expect(isShown || terms.without[check] != nil, "\(check.rawValue)")
        }
        #expect(terms.runtimeError != nil || terms.without[.runtimeError] != nil)
        #expect(terms.rejection != nil || terms.without[.rejection] != nil)
    }

    @Test("one task gives the same answers in every language that reads and prints", .timeLimit(.minutes(15)))
    func oneTask() async throws {
        let inputs = ["5\n", "3 1 2\n", "-1\n10 -20\n\n300 10\n", "9 8 7 6 5 4 3 2 1 0\n"]
        let answers = ["5\n5", "6\n1 2 3", "299\n-20 -1 10 10 300", "45\n0 1 2 3 4 5 6 7 8 9"]
        let runner = try PluginFixture.runner()
        let plugins = PluginFixture.installed.filter {
            $0.manifest.extends == nil && $0.manifest.conformance.without[.numbers] == nil
        }
        #expect(plugins.count >= 10)
        let found = try await Concurrently.map(plugins.count, width: runner.sandbox.slots) {
            (index) throws(PluginError) in
            let plugin = plugins[index]
            let name = "\(plugin.folder)/examples/numbers.\(plugin.manifest.fileExtension)"
            let program = SourceProgram(language: plugin.manifest.name, source: try HostFolder.file(name))
            return try await runner.run(
                program, inputs: inputs.map { ProgramInput(stdin: Array($0.utf8)) }, limits: nil,
                stopAtFirstFailure: false
            ).runs
        } until: { _ in
            false
        }
        for (plugin, runs) in zip(plugins, found) {
            #expect(runs.count == inputs.count, "\(plugin.manifest.name)")
            for (run, answer) in zip(runs, answers) {
                let isRight = Comparator.trimmed.matches(actual: run.stdoutText, expected: answer)
                #expect(isRight == true, "\(plugin.manifest.name): \(run.stdoutText) \(run.stderrText)")
            }
        }
    }

    @Test("what is neither shown nor excused fails, and the author is told what to write")
    func advice() async throws {
        var python = try #require(PluginFixture.languages.first { $0.manifest.name == "python" })
        var manifest = python.manifest
        manifest.conformance.runtimeError = Failure(type: "KeyError", message: nil, line: 2)
        manifest.conformance.rejection = nil
        manifest.source = SourceFile(name: "main.txt", namedBy: [])
        manifest.zygote = nil
        python = try PluginFixture.changed(python, manifest)
        let runner = try PluginFixture.runner(of: [python])
        let run = ConformanceRun(
            plugin: python, runner: runner, fresh: runner, witness: try HostWitness(), repeats: 1)
        let none = await run.all()
        #expect(none.rows.map(\.state) == [.failed])
        #expect(none.rows[0].advice.contains("hello.txt"))

        manifest.source = SourceFile(name: "main.py", namedBy: [])
        let wrong = try PluginFixture.changed(python, manifest)
        let other = ConformanceRun(
            plugin: wrong, runner: try PluginFixture.runner(of: [wrong]), fresh: runner, witness: try HostWitness(),
            repeats: 1)
        let rows = await other.rows(of: [.runtimeError, .rejection])
        #expect(rows.map(\.state) == [.failed, .failed])
        #expect(rows[0].detail.contains("ZeroDivisionError") && rows[0].advice.contains("errors.run"))
        #expect(rows[1].advice.contains("\"rejection\": { \"type\": \"SyntaxError\""), "\(rows[1].advice)")
    }
}
