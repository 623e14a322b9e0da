import ArgumentParser

/// The `retort` command.
@main
struct Tool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "retort")
}
