import ArgumentParser
import Pipeline
import Server

/// `retort serve`: a warm sandbox that answers requests.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Keep a sandbox warm and answer requests: score, run, generate.",
        discussion: """
            Example:
              retort serve --stdio
            """
    )

    @Flag(help: "Answer JSON-RPC 2.0 requests, one a line, on the standard streams.")
    var stdio = false

    @Option(help: ArgumentHelp("The way to reward of requests that name none.", valueName: "name"))
    var preset: String?

    @Option(help: ArgumentHelp("A way to reward of your own: a JSON file like a preset's.", valueName: "file"))
    var rewards: String?

    @Option(
        name: [.long, .short],
        help: ArgumentHelp("Programs that run at once; by default one a core.", valueName: "n")
    )
    var jobs: Int?

    @OptionGroup var verdicts: VerdictCacheArguments

    @OptionGroup var environment: EnvironmentArguments

    func validate() throws {
        if preset != nil && rewards != nil { throw ValidationError("Give --preset or --rewards, not both.") }
        if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("--jobs takes a number from 1 to 1024.") }
        if !stdio { throw ValidationError("Name --stdio.") }
    }

    func run() async throws {
        var options = ServiceOptions(root: verdicts.added(to: environment.options(jobs: jobs)))
        options.presetName = preset
        options.rewardsFile = rewards
        let service = try ScoringService(options)
        defer { service.shutdown() }
        Interruption.handle { service.shutdown() }
        if stdio {
            ParentWatch.start { service.shutdown() }
            await LineServer(service).run()
        }
    }
}
