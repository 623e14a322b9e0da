import ArgumentParser
import Pipeline

/// `retort plugins verify`: the conformance run.
struct PluginsVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Run the conformance run of languages: what every language must do, timed, with what to change.",
        discussion: """
            Languages are verified several at once; for times of a quiet machine say --jobs 1. A language that is named is
            shown check by check. The exit code is 1 when a check fails or a language that was named has no toolchain.

            Example:
              retort plugins verify
              retort plugins verify python rust --json
              retort plugins verify --markdown --jobs 1
            """
    )

    @Argument(help: "Languages, by name or alias; all that are installed by default.")
    var names: [String] = []

    @Flag(help: "Print one JSON array instead.")
    var json = false

    @Flag(help: "Print a table in Markdown instead.")
    var markdown = false

    @Option(help: ArgumentHelp("Languages that are verified at once; by default one a core.", valueName: "n"))
    var jobs: Int?

    @Option(help: ArgumentHelp("Runs in a row that must be equal.", valueName: "n"))
    var repeats = 100

    @OptionGroup var environment: EnvironmentArguments

    func validate() throws {
        guard jobs ?? 1 > 0, repeats > 0 else { throw ValidationError("--jobs and --repeats are at least 1") }
        guard !(json && markdown) else { throw ValidationError("--json and --markdown exclude each other") }
    }

    func run() async throws {
        let root = try CompositionRoot(environment.options(jobs: jobs))
        defer { root.shutdown() }
        Interruption.handle { root.shutdown() }
        Console.standard.note(root.pluginNotes)
        let report = try await root.verifyPlugins(names, repeats: repeats) { line in
            Console.standard.progress { line }
        }
        Console.standard.clearProgress()
        let text = json ? report.json + "\n" : markdown ? report.markdown : report.text
        try LineSink.standardOutput.write(Array(text.utf8))
        await root.settle()
        try report.verify()
    }
}
