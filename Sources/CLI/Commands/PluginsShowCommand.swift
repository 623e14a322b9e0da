import ArgumentParser
import Pipeline

/// `retort plugins show`: one language with its manifest.
struct PluginsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one language: its toolchain, its folder and its manifest with every default filled in.",
        discussion: """
            Example:
              retort plugins show python
            """
    )

    @Argument(help: "The language, by name or alias.")
    var name: String

    @Flag(help: "Print one JSON object instead.")
    var json = false

    @OptionGroup var folders: PluginFolderArguments

    func run() async throws {
        let catalogue = try PluginCatalogue(folders: folders.pluginFolders)
        Console.standard.note(Array(catalogue.notes.dropFirst()))
        let text = json ? try catalogue.json(of: name) + "\n" : try catalogue.text(of: name)
        try LineSink.standardOutput.write(Array(text.utf8))
    }
}
