import ArgumentParser

/// `retort plugins`: the languages.
struct PluginsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugins",
        abstract: "List, show, write, verify and install the language plugins.",
        discussion: """
            Example:
              retort plugins list
              retort plugins new ruby --file-extension rb --program /usr/bin/ruby
              retort plugins verify python
            """,
        subcommands: [
            PluginsListCommand.self, PluginsShowCommand.self, PluginsNewCommand.self, PluginsVerifyCommand.self,
            PluginsAddCommand.self,
        ]
    )
}
