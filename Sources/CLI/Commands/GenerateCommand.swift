import ArgumentParser
import Pipeline

/// `retort generate`: snippets in, tasks out.
struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Make tasks of snippets: predict what they print, or fill in what is missing.",
        discussion: """
            Snippets are JSON lines {"id","language","code",...}, source files, or folders of them. Each task is executed \
            for its truth, twice. The same command gives the same tasks.

            Example:
              retort generate snippets.jsonl --output tasks.jsonl --mix forward=3,backward=1 --summary
              retort generate src/ --tasks-per-snippet 4 --format trl --output tasks.jsonl
              retort generate --synthetic 2000 --synthetic-languages python,lua --plain --output tasks.jsonl
            """
    )

    @Argument(help: ArgumentHelp("Files or folders of snippets; '-' is JSON lines.", valueName: "path|-"))
    var snippets: [String] = []

    @Option(name: [.long, .short], help: ArgumentHelp("Write the tasks there.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("The shape of a line: \(GenerationArguments.formats).", valueName: "name"))
    var format = "retort"

    @OptionGroup var generation: GenerationArguments

    @Option(
        name: [.long, .short],
        help: ArgumentHelp("Programs that run at once; by default one a core.", valueName: "n")
    )
    var jobs: Int?

    @Flag(help: "Say at the end, on standard error, what was made, what was dropped and why.")
    var summary = false

    @Option(help: ArgumentHelp("Write the counts there, as JSON.", valueName: "file"))
    var report: String?

    @Flag(help: "Go on behind the tasks that --output holds already.")
    var resume = false

    @Flag(help: "Write the programs that --synthetic makes up as snippets, and make no tasks of them.")
    var snippetsOnly = false

    @OptionGroup var environment: EnvironmentArguments

    func validate() throws {
        if snippets.isEmpty && generation.synthetic.count == nil {
            throw ValidationError("Name files or folders of snippets, or have some made up with --synthetic.")
        }
        if snippetsOnly && (!snippets.isEmpty || resume) {
            throw ValidationError("--snippets-only writes the programs of --synthetic and nothing else.")
        }
        if resume && output == nil { throw ValidationError("--resume needs --output.") }
        if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("--jobs takes a number from 1 to 1024.") }
        if snippets.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read once.") }
    }

    func run() async throws {
        let clock = ContinuousClock()
        // Everything that can be wrong is found before a program runs and before the output is touched.
        let request = try generation.request(format: format)
        if snippetsOnly {
            let sink: LineSink = if let output { try .file(output) } else { .standardOutput }
            return try sink.write(request.syntheticLines)
        }
        let point =
            if resume, let output {
                try GenerationResumePoint(readingOutput: output, format: request.format)
            } else {
                GenerationResumePoint()
            }
        let root = try CompositionRoot(environment.options(jobs: jobs))
        defer { root.shutdown() }
        Console.standard.note(root.pluginNotes)
        let sink: LineSink = if let output { try .file(output, keeping: point.bytes) } else { .standardOutput }

        let started = clock.now
        let console = Console.standard
        let observer = GenerationObserver(
            problem: { console.error($0) },
            progress: { sums in
                console.progress { GenerationSummary(sums, elapsed: clock.now - started).progress }
            }
        )
        Interruption.handle {
            sink.seal()
            root.shutdown()
            console.clearProgress()
            console.error("interrupted", hint: output == nil ? nil : "go on with --resume")
        }
        let stream = try root.generation(request)
        let sums = try await stream.run(snippets, into: sink, after: point, observer: observer)
        console.clearProgress()
        if let report {
            try LineSink.file(report).write(Array(GenerationSummary(sums, elapsed: clock.now - started).json.utf8))
        }
        if summary { console.note("\n" + GenerationSummary(sums, elapsed: clock.now - started).text) }
        await root.settle()
        try sums.verify()
    }
}
