import ArgumentParser

/// `retort plugins`: the languages.
struct PluginsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugins",
        abstract: "List, show and verify the language plugins.",
        discussion: """
            Example:
              retort plugins list
              retort plugins verify python
            """,
        subcommands: [PluginsListCommand.self, PluginsShowCommand.self, PluginsVerifyCommand.self]
    )
}
