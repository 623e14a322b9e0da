import ArgumentParser
import Pipeline

/// `retort model`: models that one command brings.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Get models.",
        discussion: """
            Example:
              retort model fetch smollm2
            """,
        subcommands: [ModelFetchCommand.self]
    )
}
