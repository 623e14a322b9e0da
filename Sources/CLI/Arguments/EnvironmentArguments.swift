import ArgumentParser
import Pipeline

/// The options of every command that runs programs.
struct EnvironmentArguments: ParsableArguments {
    @Option(
        name: .customLong("require"),
        help: ArgumentHelp("Refuse to run with a sandbox weaker than this.", valueName: "full|userns|landlock")
    )
    var requiredLevel: RequiredLevel?

    @OptionGroup var folders: PluginFolderArguments

    /// What the composition root wants to know.
    func options(jobs: Int? = nil) -> CompositionRoot.Options {
        .init(pluginFolders: folders.pluginFolders, requiredLevelName: requiredLevel?.rawValue, jobs: jobs)
    }
}
