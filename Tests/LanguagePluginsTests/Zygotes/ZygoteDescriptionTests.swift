import JSON
import Testing

@testable import LanguagePlugins

@Suite("A plugin's description of its zygotes")
struct ZygoteDescriptionTests {
    private func profile(_ source: String, files: [String: [UInt8]] = [:], there: Bool = true) throws -> String? {
        let zygote = try #require(PluginFixture.languages.first { $0.manifest.name == "python" }?.manifest.zygote)
        let program = SourceProgram(language: "python", source: Array(source.utf8), files: files)
        return zygote.profile(for: program) { _ in there }?.name
    }

    @Test("gives programs the first profile whose words they mention")
    func profiles() throws {
        #expect(try profile("print(1)") == "base")
        #expect(try profile("import numpy as np") == "numpy")
        #expect(try profile("import help", files: ["help.py": Array("import numpy".utf8)]) == "numpy")
        #expect(try profile("import numpy as np", there: false) == "base")
    }

    @Test("leaves programs with a cold word to be executed")
    func coldWords() throws {
        #expect(try profile("import gc") == nil)
        #expect(try profile("import help", files: ["help.py": Array("object.__subclasses__()".utf8)]) == nil)
    }

    @Test(
        "leaves programs with a file of a cold name to be executed",
        arguments: ["numbers.py", "collections/__init__.py"])
    func coldFiles(file: String) throws { #expect(try profile("import decimal", files: [file: []]) == nil) }

    @Test("has the files of its folder")
    func files() throws {
        let plugin = try #require(PluginFixture.languages.first { $0.manifest.name == "python" })
        #expect(plugin.zygoteFiles.keys.sorted() == ["ending.py", "recording.py", "returning.py", "usercustomize.py"])
    }

    @Test("is refused with the place of its mistake", arguments: BadManifest.zygotes)
    func bad(_ bad: BadManifest) throws {
        let good = try PluginFixture.manifest(of: "python")
        let parts = good.split(separator: bad.replace, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "the fixture no longer holds \(bad.replace)")
        let error = #expect(throws: JSONError.self) {
            try PluginManifest(JSONSource(parts.joined(separator: bad.with), file: "plugin.json"))
        }
        #expect(error?.path == bad.path)
    }
}

extension BadManifest {
    fileprivate static let zygotes = [
        BadManifest(
            what: "a folder elsewhere", replace: "\"folder\": \"zygote\"", with: "\"folder\": \"../zygote\"",
            path: "$.zygote.folder"),
        BadManifest(
            what: "a word that is two", replace: "\"getrefcount\"", with: "\"get refcount\"",
            path: "$.zygote.cold_words[4]"),
        BadManifest(
            what: "a path of a person", replace: "\"only_with\": \"/usr", with: "\"only_with\": \"/home",
            path: "$.zygote.profiles[0].only_with"),
        BadManifest(
            what: "a misspelt field", replace: "\"mentions\"", with: "\"mention\"",
            path: "$.zygote.profiles[0].mention"),
        BadManifest(
            what: "no profile", replace: "\"profiles\": [", with: "\"profiles\": [], \"rest\": [",
            path: "$.zygote.rest"),
    ]
}
