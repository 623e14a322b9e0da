import ArgumentParser
import Pipeline
import Server

/// `retort serve`: a warm sandbox that answers requests.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Keep a sandbox warm and answer requests: score and run, also as SandboxFusion and Piston do.",
        discussion: """
            Listens on this machine alone, unless a token is set. SIGTERM lets what is under way end.

            Example:
              retort serve --port 8080
              retort serve --host 0.0.0.0 --token-file token
              retort serve --stdio
            """
    )

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "name"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port; 0 takes a free one and says which.", valueName: "n"))
    var port = 8080

    @Option(help: ArgumentHelp("Listen on a Unix socket instead, for this user alone.", valueName: "path"))
    var unixSocket: String?

    @Option(help: ArgumentHelp("A file with the token that requests have to carry.", valueName: "file"))
    var tokenFile: String?

    @Flag(help: "Answer JSON-RPC 2.0 requests, one a line, on the standard streams instead.")
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

    @Option(help: ArgumentHelp("Items that may wait; a request beyond them is told to come again.", valueName: "n"))
    var queue = 16_384

    @Option(help: ArgumentHelp("How long requests may take to end after SIGTERM.", valueName: "duration"))
    var grace: TimeLimit?

    @Option(help: ArgumentHelp("A folder of training runs whose curves the page shows.", valueName: "folder"))
    var runs: String?

    @OptionGroup var verdicts: VerdictCacheArguments

    @OptionGroup var environment: EnvironmentArguments

    func validate() throws {
        if preset != nil && rewards != nil { throw ValidationError("Give --preset or --rewards, not both.") }
        if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("--jobs takes a number from 1 to 1024.") }
        if !(0...65535).contains(port) { throw ValidationError("--port takes a number from 0 to 65535.") }
        if !(1...10_000_000).contains(queue) { throw ValidationError("--queue takes a number from 1 to 10000000.") }
        if stdio && unixSocket != nil { throw ValidationError("Give --stdio or --unix-socket, not both.") }
    }

    func run() async throws {
        var options = ServiceOptions(root: verdicts.added(to: environment.options(jobs: jobs)))
        options.presetName = preset
        options.rewardsFile = rewards
        options.capacity = queue
        options.runsFolder = runs
        let service = try ScoringService(options)
        defer { service.shutdown() }
        if stdio {
            Interruption.handle { service.shutdown() }
            ParentWatch.start { service.shutdown() }
            await LineServer(service).run()
            return
        }
        var place = ServerOptions()
        place.host = host
        place.port = port
        place.unixSocket = unixSocket
        place.token = try tokenFile.map { path throws(PipelineError) in try ServerOptions.token(in: path) }
        if let grace { place.grace = grace.duration }
        let server = try HTTPServer(service, options: place)
        // The first request finds the sandbox there; a host without one still scores predictions.
        let warming = Task { try? await service.start() }
        try await server.run { Console.standard.note("listening on \($0)") }
        warming.cancel()
    }
}
