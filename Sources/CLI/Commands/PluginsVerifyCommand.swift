import ArgumentParser
import Pipeline

/// `retort plugins verify`: the examples of languages, each against the verdict that its name tells.
struct PluginsVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Run the examples of languages and compare each verdict with the one that the file's name tells.",
        discussion: """
            The exit code is 1 when a verdict differs or a language that was named has no toolchain.

            Example:
              retort plugins verify
              retort plugins verify python rust --json
            """
    )

    @Argument(help: "Languages, by name or alias; all that are installed by default.")
    var names: [String] = []

    @Flag(help: "Print one JSON array instead.")
    var json = false

    @OptionGroup var environment: EnvironmentArguments

    func run() async throws {
        let root = try CompositionRoot(environment.options())
        defer { root.shutdown() }
        Interruption.handle { root.shutdown() }
        let report = try await root.verifyPlugins(names)
        try LineSink.standardOutput.write(Array((json ? report.json + "\n" : report.text).utf8))
        try report.verify()
    }
}
