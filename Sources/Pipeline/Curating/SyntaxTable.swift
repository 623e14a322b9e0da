import Curation
import LanguagePlugins

/// What the manifests say about the languages, for those who only read code.
struct SyntaxTable: Sendable {
    private let byName: [String: (name: String, syntax: CodeSyntax)]
    private let nameByExtension: [String: String]

    init(_ registry: PluginRegistry) {
        var byName: [String: (name: String, syntax: CodeSyntax)] = [:]
        var nameByExtension: [String: String] = [:]
        for plugin in registry.all {
            let manifest = plugin.manifest
            let syntax = CodeSyntax(
                lineComments: manifest.syntax.lineComments, blockComments: manifest.syntax.blockComments,
                strings: manifest.syntax.strings)
            for name in manifest.aliases + [manifest.name] { byName[name] = (manifest.name, syntax) }
            let ending = manifest.fileExtension
            if nameByExtension[ending] == nil {
                nameByExtension[ending] = registry.plugin(ofFilesEndingIn: ending)?.manifest.name
            }
        }
        self.byName = byName
        self.nameByExtension = nameByExtension
    }

    /// The name that a plugin gives to a language; the given one when there is no plugin.
    func name(_ language: String) -> String { byName[language.lowercased()]?.name ?? language }

    /// The language of files that end so.
    func language(ofExtension fileExtension: String) -> String? { nameByExtension[fileExtension] }

    /// How a language is written; plain text where nobody says.
    func syntax(of language: String) -> CodeSyntax { byName[language.lowercased()]?.syntax ?? .plain }
}
