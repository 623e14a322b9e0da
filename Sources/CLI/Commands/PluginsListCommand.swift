import ArgumentParser
import Pipeline

/// `retort plugins list`: every language with its toolchain.
struct PluginsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the languages, with the versions of their toolchains or the packages that bring them.",
        discussion: """
            'start' is the median start of a small program, and 'verified' what came of it, when 'retort plugins verify'
            last ran the language as it is now. Where languages were looked for, and who shadows whom, is told on
            standard error.

            Example:
              retort plugins list --json
            """
    )

    @Flag(help: "Print one JSON array instead.")
    var json = false

    @OptionGroup var folders: PluginFolderArguments

    func run() async throws {
        let catalogue = try PluginCatalogue(folders: folders.pluginFolders)
        Console.standard.note(catalogue.notes)
        try LineSink.standardOutput.write(Array((json ? catalogue.json + "\n" : catalogue.text).utf8))
    }
}
