import ArgumentParser
import Pipeline

/// `retort plugins add`: a plugin into the user's own folder.
struct PluginsAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Install a plugin into your own folder, $XDG_DATA_HOME/retort/plugins.",
        discussion: """
            The folder is read once and checked as a copy. Links, devices, hidden files and manifests that are wrong are
            refused. The digest is the one that 'retort plugins show' prints.

            Example:
              retort plugins add ./ruby
              retort plugins add ./ruby --replace --digest 3f0c...
            """
    )

    @Argument(help: ArgumentHelp("The folder that holds its plugin.json.", valueName: "path"))
    var path: String

    @Option(help: ArgumentHelp("The digest that it must have.", valueName: "hex"))
    var digest: String?

    @Flag(help: "Replace the plugin of that name that is there already.")
    var replace = false

    func run() async throws {
        let plugin = try PluginInstallation(adding: path, digest: digest, replacing: replace)
        Console.standard.note(plugin.notes)
        let text = "\(plugin.name)  \(plugin.folder)\ndigest  \(plugin.digest)\n"
        try LineSink.standardOutput.write(Array(text.utf8))
    }
}
