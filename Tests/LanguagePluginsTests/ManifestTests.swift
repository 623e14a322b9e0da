import JSON
import TestSupport
import Testing

@testable import LanguagePlugins

/// A change that makes a good manifest bad, and the field that the error must name.
struct BadManifest: Sendable, CustomTestStringConvertible {
    let what: String
    let replace: String
    let with: String
    let path: String
    /// The language whose manifest is changed.
    var language = "c"
    var testDescription: String { what }

    static let all = [
        BadManifest(what: "a later version", replace: "\"version\": 1", with: "\"version\": 2", path: "$.version"),
        BadManifest(
            what: "a name with a slash", replace: "\"name\": \"c\"", with: "\"name\": \"../c\"", path: "$.name"),
        BadManifest(what: "a number for a name", replace: "\"name\": \"c\"", with: "\"name\": 7", path: "$.name"),
        BadManifest(what: "an empty alias", replace: "\"gcc\"]", with: "\"\"]", path: "$.aliases[1]"),
        BadManifest(what: "a misspelt field", replace: "\"errors\":", with: "\"erors\":", path: "$.erors"),
        BadManifest(
            what: "a source in a folder", replace: "\"main.c\"", with: "\"../main.c\"", path: "$.source.file"),
        BadManifest(
            what: "a source that looks like an option", replace: "\"main.c\"", with: "\"-o.c\"", path: "$.source.file"),
        BadManifest(
            what: "an unknown placeholder", replace: "\"{output}\",", with: "\"{outptu}\",",
            path: "$.compile.command[10]"),
        BadManifest(
            what: "an empty command", replace: "\"command\": [\"./{output}\"]", with: "\"command\": []",
            path: "$.run.command"),
        BadManifest(
            what: "a limit below one", replace: "\"stack_mb\": 256", with: "\"stack_mb\": -1",
            path: "$.run.limits.stack_mb"),
        BadManifest(
            what: "a limit beyond all memory", replace: "\"stack_mb\": 256", with: "\"stack_mb\": 9223372036854775807",
            path: "$.run.limits.stack_mb"),
        BadManifest(
            what: "a fraction for a limit", replace: "\"stack_mb\": 256", with: "\"stack_mb\": 2.5",
            path: "$.run.limits.stack_mb"),
        BadManifest(
            what: "a mount of a home", replace: "\"compile\": {",
            with: "\"mounts\": [\"/home/somebody\"], \"compile\": {",
            path: "$.mounts[0]"),
        BadManifest(
            what: "a mount of everything", replace: "\"compile\": {", with: "\"mounts\": [\"//\"], \"compile\": {",
            path: "$.mounts[0]"),
        BadManifest(
            what: "a mount by way of a parent", replace: "\"compile\": {",
            with: "\"mounts\": [\"/usr/../root\"], \"compile\": {", path: "$.mounts[0]"),
        BadManifest(
            what: "an unknown capture", replace: "{}: undefined reference", with: "{x}: undefined reference",
            path: "$.errors.compile[1].match[0]"),
        BadManifest(
            what: "captures without a border", replace: "{}: undefined reference",
            with: "{}{message}: undefined reference",
            path: "$.errors.compile[1].match[0]"),
        BadManifest(
            what: "half a comment", replace: "[\"/*\", \"*/\"]", with: "[\"/*\"]", path: "$.syntax.block_comments[0]"),
        BadManifest(
            what: "a marker without a marker", replace: "\"syntax\": {",
            with: "\"end_marker\": \"puts\", \"syntax\": {",
            path: "$.end_marker"),
        BadManifest(
            what: "a name of a variable with a sign", replace: "\"compile\": {",
            with: "\"environment\": {\"A=B\": \"\"}, \"compile\": {", path: "$.environment[\"A=B\"]"),
        BadManifest(
            what: "a linker that no box shows", replace: "/usr/bin/ld.gold", with: "/opt/bin/ld.gold",
            path: "$.compile.linkers[2].program", language: "cpp"),
        BadManifest(
            what: "a linker that is chosen by nothing", replace: "[\"-fuse-ld=gold\"]", with: "[]",
            path: "$.compile.linkers[2].arguments", language: "cpp"),
        BadManifest(
            what: "a linker that the command has no place for", replace: "\"{linker}\",", with: "",
            path: "$.compile.command", language: "cpp"),
        BadManifest(
            what: "a list of arguments within one", replace: "\"{linker}\"", with: "\"-{linker}\"",
            path: "$.compile.command[7]", language: "cpp"),
        BadManifest(
            what: "a place for what is never made", replace: "\"{linker}\"", with: "\"{warmup}\"",
            path: "$.compile.command[7]", language: "cpp"),
        BadManifest(
            what: "a header in another folder", replace: "\"algorithm\"", with: "\"../algorithm\"",
            path: "$.compile.prefix.headers[0]", language: "cpp"),
        BadManifest(
            what: "a header by its whole path", replace: "\"algorithm\"", with: "\"/etc/passwd\"",
            path: "$.compile.prefix.headers[0]", language: "cpp"),
        BadManifest(
            what: "a header that ends its line", replace: "\"algorithm\"", with: "\"algorithm>\\n#error\"",
            path: "$.compile.prefix.headers[0]", language: "cpp"),
        BadManifest(
            what: "a prefix that is not used", replace: "{prepared}/prefix", with: "prefix",
            path: "$.compile.prefix.arguments", language: "cpp"),
        BadManifest(
            what: "a stamp that is no path", replace: "\"stamps\": [\"{program}\"]", with: "\"stamps\": [\"main.cpp\"]",
            path: "$.compile.prefix.stamps[0]", language: "cpp"),
        BadManifest(
            what: "dependencies in a folder", replace: "\"dependencies\": \"prefix.d\"",
            with: "\"dependencies\": \"a/b\"", path: "$.compile.prefix.dependencies", language: "cpp"),
        BadManifest(
            what: "a check that nobody knows", replace: "\"conformance\": {",
            with: "\"conformance\": { \"without\": { \"colours\": \"none\" },", path: "$.conformance.without.colours"),
        BadManifest(
            what: "a check that is left out without a reason", replace: "\"conformance\": {",
            with: "\"conformance\": { \"without\": { \"threads\": \"\" },", path: "$.conformance.without.threads"),
        BadManifest(
            what: "a language that does not even say hello", replace: "\"conformance\": {",
            with: "\"conformance\": { \"without\": { \"hello\": \"shy\" },", path: "$.conformance.without.hello"),
        BadManifest(
            what: "a verdict of our own failure", replace: "\"conformance\": {",
            with: "\"conformance\": { \"deep_recursion\": \"internal_error\",", path: "$.conformance.deep_recursion"),
        BadManifest(
            what: "an error on line 0", replace: "\"line\": 8", with: "\"line\": 0",
            path: "$.conformance.runtime_error.line"),
        BadManifest(
            what: "a base that is not there", replace: "\"version\": 1,",
            with: "\"version\": 1, \"extends\": \"klingon\",", path: "$.extends"),
        BadManifest(
            what: "an empty text to look for", replace: "\"collect2:\"", with: "\"\"",
            path: "$.compile.plain_when[2]", language: "cpp"),
    ]
}

@Suite("A manifest")
struct ManifestTests {
    @Test("is good in every folder that is shipped")
    func shipped() throws {
        #expect(try PluginFixture.registry.get().notes == [])
    }

    @Test("is refused with the place of its mistake", arguments: BadManifest.all)
    func bad(_ bad: BadManifest) throws {
        let good = try PluginFixture.manifest(of: bad.language)
        let parts = good.split(separator: bad.replace, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "the fixture no longer holds \(bad.replace)")
        let text = parts.joined(separator: bad.with)
        do throws(JSONError) {
            _ = try PluginManifest(JSONSource(text, file: "plugin.json"))
            Issue.record("it was taken")
        } catch {
            #expect(error.path == bad.path)
            #expect(error.file == "plugin.json")
            #expect(error.line > 0 && error.column > 0, "\(error.description)")
        }
    }

    @Test("never traps, whatever is done to its bytes", arguments: 0..<10)
    func mutations(seed: UInt64) throws {
        var random = SplitMix(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let manifests = try PluginFixture.languages.map { Array(try PluginFixture.manifest(of: $0.manifest.name).utf8) }
        try #require(!manifests.isEmpty)
        var refused = 0
        for _ in 0..<300 {
            var bytes = manifests[Int(random.next() % UInt64(manifests.count))]
            for _ in 0...(random.next() % 4) {
                guard !bytes.isEmpty else { break }
                let at = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 5 {
                case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: at)
                case 2: bytes.insert("{}[]\",:0-.".utf8.randomElement(using: &random) ?? 0, at: at)
                case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int(random.next() % 40)))
                default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 30)], at: at)
                }
            }
            do throws(JSONError) {
                _ = try PluginManifest(JSONSource(bytes))
            } catch {
                refused += 1
                #expect(!error.description.isEmpty)
            }
        }
        #expect(refused > 100)
    }

    @Test("that extends a language takes over what it does not say itself")
    func extending() throws {
        let text = """
            {"$comment": "c", "version": 1, "name": "c-tests", "extends": "c", "source": {"file": "main.c", "$comment": ""},
             "environment": {"A": "1"}, "run": {"command": ["{program}"]}}
            """
        let c = try #require(PluginFixture.languages.first { $0.manifest.name == "c" }).manifest
        let manifest = try PluginManifest(JSONSource(text)) { $0 == "c" ? c : nil }
        #expect(manifest.toolchain == c.toolchain && manifest.errors == c.errors && manifest.syntax == c.syntax)
        #expect(manifest.compile == nil && manifest.conformance == ConformanceTerms())
        #expect(manifest.environment.keys.sorted() == ["A"])
        // A chain would have to be followed, and could be a circle.
        #expect(throws: JSONError.self) { _ = try PluginManifest(JSONSource(text)) { _ in manifest } }
    }

    @Test("of another language shadows nobody's name by an alias")
    func shadowing() throws {
        let plugins = PluginFixture.languages
        let python = try #require(plugins.first { $0.manifest.name == "python" })
        var manifest = python.manifest
        manifest.name = "snake"
        manifest.aliases = ["python", "adder"]
        let snake = LanguagePlugin(
            manifest: manifest, folder: "/elsewhere/snake", digest: "", supportFiles: [:], zygoteFiles: [:],
            toolchain: python.toolchain)
        let registry = PluginRegistry([snake] + plugins)
        #expect(registry.plugin(named: "python")?.folder == python.folder)
        #expect(registry.plugin(named: "Adder")?.folder == snake.folder)
        #expect(
            registry.shadowed == [.init(name: "python", winner: python.folder, loser: snake.folder)])
    }

    @Test("of a toolchain that is not here makes a language unavailable and names the package")
    func unavailable() async throws {
        let text = try PluginFixture.manifest(of: "c").split(separator: "/usr/bin/gcc", maxSplits: 1)
            .joined(separator: "/usr/bin/no-such-compiler")
        let manifest = try PluginManifest(JSONSource(text))
        let plugin = LanguagePlugin(
            manifest: manifest, folder: "/nowhere", digest: "", supportFiles: [:], zygoteFiles: [:],
            toolchain: Toolchain(manifest.toolchain))
        #expect(!plugin.isAvailable)
        #expect(
            plugin.availability == .unavailable(missing: "/usr/bin/no-such-compiler", package: "gcc libc6-dev"))
        let runner = try ProgramRunner(
            registry: PluginRegistry([plugin]), sandbox: PluginFixture.sandbox.get(), cache: nil)
        await #expect(throws: PluginError.self) {
            _ = try await runner.run(
                SourceProgram(language: "c", source: []), inputs: [], limits: nil, stopAtFirstFailure: false)
        }
    }
}
