import ArgumentParser

/// Where languages are looked for.
struct PluginFolderArguments: ParsableArguments {
    @Option(
        name: .customLong("plugins"),
        help: ArgumentHelp(
            "A folder of language plugins that goes before the others; may be repeated.", valueName: "dir")
    )
    var pluginFolders: [String] = []
}
