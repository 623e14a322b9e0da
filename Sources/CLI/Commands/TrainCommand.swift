import ArgumentParser
import Pipeline

/// `retort train`: tasks in, a better model out.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a model on tasks with the scores of what it writes.",
        discussion: """
            CONFIG is a file of settings or one of those that come along: \(presets). The folder of a run holds its \
            settings, its measurements (metrics.jsonl and files for TensorBoard), what it goes on from, and the model.

            Example:
              retort train quick --tasks tasks.jsonl --output runs/first
              retort train codeboost --model smollm2 --tasks tasks.jsonl --output runs/smollm2 --steps 60
              retort train --resume runs/first --steps 300
            """
    )

    private static let presets = TrainingConfiguration.presetNames.joined(separator: ", ")

    @Argument(help: ArgumentHelp("Settings, as JSON, or the name of those that come along.", valueName: "config"))
    var config: String?

    @Option(
        help: ArgumentHelp("The model to begin with: tiny, smollm2, a .gguf file, or a folder.", valueName: "model"))
    var model: String?

    @Option(help: ArgumentHelp("The tasks, as 'retort generate' writes them.", valueName: "file"))
    var tasks: String?

    @Option(name: [.long, .short], help: ArgumentHelp("The folder of the run.", valueName: "folder"))
    var output: String?

    @Option(help: ArgumentHelp("Go on with a run where it was stopped.", valueName: "folder"))
    var resume: String?

    @Option(help: ArgumentHelp("Steps of learning from scores.", valueName: "n"))
    var steps: Int?

    @Option(help: ArgumentHelp("Where all chances start.", valueName: "n"))
    var seed: Int?

    @Option(
        name: [.long, .short], help: ArgumentHelp("Programs that run at once; by default one a core.", valueName: "n"))
    var jobs: Int?

    @Flag(help: "Print what the run came to, as JSON.")
    var json = false

    @OptionGroup var verdicts: VerdictCacheArguments

    @OptionGroup var environment: EnvironmentArguments

    func validate() throws {
        if resume != nil, output != nil || model != nil || tasks != nil || config != nil || seed != nil {
            throw ValidationError("--resume goes on with the run's own settings; only --steps may be another.")
        }
        if resume == nil && output == nil { throw ValidationError("Name the folder of the run with --output.") }
        if let steps, steps < 0 { throw ValidationError("--steps takes a number from 0.") }
        if let seed, seed < 0 { throw ValidationError("--seed takes a number from 0.") }
        if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("--jobs takes a number from 1 to 1024.") }
    }

    func run() async throws {
        let run: TrainingRun
        if let resume {
            run = try .resumed(resume, steps: steps)
        } else {
            var options = TrainingRun.Options()
            options.model = model
            options.tasks = tasks
            options.steps = steps
            options.seed = seed
            run = try .new(try TrainingConfiguration(config), options, output: output ?? "")
        }
        let root = try DeferredRoot(verdicts.added(to: environment.options(jobs: jobs)))
        defer { root.shutdown() }
        let console = Console.standard
        console.note(root.pluginNotes)
        let folder = resume ?? output ?? ""
        Interruption.handle {
            root.shutdown()
            console.clearProgress()
            console.error("interrupted", hint: "go on with --resume \(folder)")
        }
        let outcome = try await run.run(
            root,
            observer: TrainingObserver(note: { console.note($0) }, progress: { line in console.progress { line } }))
        console.clearProgress()
        if let comparison = outcome.comparison { console.note(comparison) }
        console.note("the model is in \(outcome.model); 'retort report \(folder)' makes a page of the run")
        if json { try LineSink.standardOutput.write(Array((outcome.json + "\n").utf8)) }
    }
}
