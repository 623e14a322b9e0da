import Sandbox
import Tasks
import Testing

@testable import LanguagePlugins

/// One example of one language.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
    let plugin: LanguagePlugin
    let example: ConformanceExample
    var testDescription: String { "\(plugin.manifest.name)/\(example.file)" }

    static var all: [ConformanceCase] {
        PluginFixture.languages.flatMap { plugin in
            ((try? ConformanceExample.all(of: plugin)) ?? []).map { ConformanceCase(plugin: plugin, example: $0) }
        }
    }
}

@Suite("Conformance of the languages", .serialized)
struct ConformanceTests {
    @Test("gives the verdict that the example's name promises", .timeLimit(.minutes(3)), arguments: ConformanceCase.all)
    func verdict(_ conformance: ConformanceCase) async throws {
        let row = await Conformance.row(conformance.example, conformance.plugin, try PluginFixture.runner())
        #expect(row.actual == row.expected, "\(row.detail)")
    }

    @Test(
        "runs every language at the weaker levels too", .timeLimit(.minutes(3)),
        arguments: PluginFixture.languages, [IsolationLevel.userns, .landlock])
    func levels(_ plugin: LanguagePlugin, level: IsolationLevel) async throws {
        let sandbox = try SandboxRunner(SandboxOptions(strongest: level))
        #expect(sandbox.isolation.level == level)
        let runner = try ProgramRunner(registry: PluginFixture.registry.get(), sandbox: sandbox, cache: nil)
        for example in try ConformanceExample.all(of: plugin)
        where [.accepted, .wrongAnswer, .runtimeError, .compileError].contains(example.expected) {
            let row = await Conformance.row(example, plugin, runner)
            if plugin.manifest.name == "swift", level == .landlock, example.expected != .compileError {
                // The compiler itself traps at this level, which shows no /proc; plugins/README.md says so.
                withKnownIssue { #expect(row.actual == row.expected, "\(row.detail)") }
                continue
            }
            #expect(row.actual == row.expected, "\(row.example): \(row.detail)")
        }
    }

    @Test("ships twelve languages that all work here, with their toolchains' versions")
    func languages() throws {
        let registry = try PluginFixture.registry.get()
        #expect(
            registry.all.map(\.manifest.name) == [
                "bash", "c", "cpp", "go", "java", "javascript", "lua", "perl", "python", "rust", "swift", "typescript",
            ])
        #expect(registry.shadowed.isEmpty)
        for plugin in registry.all {
            guard case .available(let version) = plugin.availability else {
                Issue.record("\(plugin.manifest.name) is not installed: \(plugin.availability)")
                continue
            }
            #expect(version.contains { $0.isNumber }, "\(plugin.manifest.name) calls itself \(version)")
        }
    }

    @Test("has an example for every verdict that any program can give", arguments: PluginFixture.languages)
    func examples(_ plugin: LanguagePlugin) throws {
        let verdicts = Set(try ConformanceExample.all(of: plugin).map(\.expected))
        var wanted: Set<Verdict> = [
            .accepted, .wrongAnswer, .runtimeError, .timeLimitExceeded, .memoryLimitExceeded, .outputLimitExceeded,
            .processLimitExceeded,
        ]
        if plugin.manifest.compile != nil { wanted.insert(.compileError) }
        #expect(wanted.subtracting(verdicts).isEmpty)
    }
}
