import ArgumentParser
import Pipeline

/// `retort score`: rollouts in, scores out.
struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Score rollouts: JSON lines in, JSON lines out in the same order.",
        discussion: """
            Scores go to standard output or to --output. A line that is no rollout gets a line without a reward, and
            the exit code is 1 when all others have been scored.

            Example:
              retort score rollouts.jsonl --output scores.jsonl --summary
              generate | retort score - --preset tests | train
              retort score rollouts.jsonl --output scores.jsonl --resume
            """
    )

    @Argument(
        help: ArgumentHelp("Files of rollouts, one JSON object a line; '-' is standard input.", valueName: "file|-")
    )
    var rollouts: [String]

    @Option(help: ArgumentHelp(Self.presetHelp, valueName: "name"))
    var preset: String?

    @Option(help: ArgumentHelp("A way to reward of your own: a JSON file like a preset's.", valueName: "file"))
    var rewards: String?

    @Option(name: [.long, .short], help: ArgumentHelp("Write the scores there.", valueName: "file"))
    var output: String?

    @Option(
        name: [.long, .short],
        help: ArgumentHelp("Programs that run at once; by default one a core.", valueName: "n")
    )
    var jobs: Int?

    @Flag(help: "Say at the end, on standard error, how often each verdict was given, the means and the throughput.")
    var summary = false

    @Flag(help: "Add to each score what stands behind it: answers, runs, cases.")
    var detail = false

    @Flag(help: "Go on behind the scores that --output holds already.")
    var resume = false

    @OptionGroup var verdicts: VerdictCacheArguments

    @OptionGroup var environment: EnvironmentArguments

    private static let presetHelp =
        "A built-in way to reward: \(CompositionRoot.presetNames.joined(separator: ", ")); the first is the default."

    func validate() throws {
        if preset != nil && rewards != nil { throw ValidationError("Give --preset or --rewards, not both.") }
        if resume && output == nil { throw ValidationError("--resume needs --output.") }
        if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("--jobs takes a number from 1 to 1024.") }
        if rollouts.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read once.") }
    }

    func run() async throws {
        let clock = ContinuousClock()
        // Everything that can be wrong with the command is found before a line is scored and the output is touched.
        let preset = try CompositionRoot.preset(named: preset, file: rewards)
        let inputs = try rollouts.map { path throws(PipelineError) in try ReadableFile(path) }
        let point = if resume, let output { try ResumePoint(readingOutput: output) } else { ResumePoint() }
        let root = try DeferredRoot(verdicts.added(to: environment.options(jobs: jobs)))
        defer { root.shutdown() }
        Console.standard.note(root.pluginNotes)
        let sink: LineSink =
            if let output { try .file(output, keeping: point.bytes, inputs: inputs) } else { .standardOutput }

        let started = clock.now
        // Lines that were passed over are not counted, so a resumed run would show a wrong share.
        let sizes = inputs.compactMap(\.size)
        let total = sizes.count == inputs.count && !resume ? sizes.reduce(0, +) : nil
        let console = Console.standard
        let observer = ScoreObserver(
            problem: { console.error($0) },
            progress: { sums in
                console.progress { ScoreSummary(sums, elapsed: clock.now - started).progress(of: total) }
            }
        )
        Interruption.handle {
            sink.seal()
            root.shutdown()
            console.clearProgress()
            console.error("interrupted", hint: output == nil ? nil : "go on with --resume")
        }
        let pipeline = root.pipeline(preset)
        // Twice as many rollouts as slots, so that a slot never waits for one to be parsed or compared.
        let stream = pipeline.stream(.init(concurrency: 2 * root.jobs, includesDetail: detail))
        let sums = try await stream.run(inputs, into: sink, after: point, observer: observer)
        console.clearProgress()
        if summary {
            let tables = [ScoreSummary(sums, elapsed: clock.now - started).text, root.runSummary].compactMap { $0 }
            console.note("\n" + tables.joined(separator: "\n"))
        }
        await root.settle()
        try sums.verify()
    }
}
