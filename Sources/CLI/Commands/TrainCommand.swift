import ArgumentParser
import Pipeline

/// `retort train`: tasks in, a better model out.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a model on tasks with the scores of what it writes.",
        discussion: """
            CONFIG is a file of settings or one of those that come along: \(presets). The folder of a run holds its \
            settings, its measurements (metrics.jsonl and files for TensorBoard), what it goes on from, and the model. \
            That of --ablate holds a folder for each of its runs, and a table of what came of them.

            Example:
              retort train quick --tasks tasks.jsonl --output runs/first
              retort train codeboost --model smollm2 --tasks tasks.jsonl --output runs/smollm2 --steps 60
              retort train --resume runs/first --steps 300
              retort train quick --snippets kept.jsonl --output runs/fresh
              retort train quick --ablate --synthetic 6000 --seeds 3 --output runs/ablation
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

    @OptionGroup var snippets: SnippetArguments

    @Option(name: [.long, .short], help: ArgumentHelp("The folder of the run.", valueName: "folder"))
    var output: String?

    @Option(help: ArgumentHelp("Go on with a run where it was stopped.", valueName: "folder"))
    var resume: String?

    @Option(help: ArgumentHelp("Steps of learning from scores.", valueName: "n"))
    var steps: Int?

    @Option(help: ArgumentHelp("Where all chances start.", valueName: "n"))
    var seed: Int?

    @OptionGroup var ablation: AblationArguments

    @Option(
        name: [.long, .short],
        help: ArgumentHelp(
            "Programs that run at once, and trainings with --ablate; by default one a core.", valueName: "n"))
    var jobs: Int?

    @Flag(help: "Print what the run came to, as JSON.")
    var json = false

    @OptionGroup var verdicts: VerdictCacheArguments

    @OptionGroup var environment: EnvironmentArguments

    func validate() throws {
        if resume != nil, !snippets.isEmpty || ablation.seeds != nil || ablation.ablate && steps != nil {
            throw ValidationError("--resume goes on with the run's own settings.")
        }
        if !ablation.ablate, ablation.seeds != nil { throw ValidationError("--seeds goes with --ablate.") }
        if ablation.ablate, tasks != nil { throw ValidationError("--ablate makes its own tasks, of --snippets.") }
        if tasks != nil, !snippets.isEmpty { throw ValidationError("Give --tasks or snippets.") }
        if let seeds = ablation.seeds, !(1...100).contains(seeds) {
            throw ValidationError("--seeds takes a number from 1 to 100.")
        }
        if resume != nil, output != nil || model != nil || tasks != nil || config != nil || seed != nil {
            throw ValidationError("--resume goes on with the run's own settings; only --steps may be another.")
        }
        if resume == nil && output == nil { throw ValidationError("Name the folder of the run with --output.") }
        if let steps, steps < 0 { throw ValidationError("--steps takes a number from 0.") }
        if let seed, seed < 0 { throw ValidationError("--seed takes a number from 0.") }
        if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("--jobs takes a number from 1 to 1024.") }
    }

    func run() async throws {
        if ablation.ablate { return try await compare() }
        let run: TrainingRun =
            if let resume {
                try .resumed(resume, steps: steps)
            } else {
                try .new(try TrainingConfiguration(config), options, output: output ?? "")
            }
        let root = try root()
        defer { root.shutdown() }
        let outcome = try await run.run(root, observer: observer)
        Console.standard.clearProgress()
        if let comparison = outcome.comparison { Console.standard.note(comparison) }
        Console.standard.note("the model is in \(outcome.model); 'retort report \(folder)' makes a page of the run")
        if json { try LineSink.standardOutput.write(Array((outcome.json + "\n").utf8)) }
    }

    private func compare() async throws {
        let run: AblationRun =
            if let resume {
                try .resumed(resume)
            } else {
                try .new(try TrainingConfiguration(config), options, seeds: ablation.seeds ?? 3, output: output ?? "")
            }
        let root = try root()
        defer { root.shutdown() }
        let outcome = try await run.run(root, jobs: root.jobs, observer: observer)
        Console.standard.clearProgress()
        Console.standard.note(
            "the table is in \(folder), as table.md, index.html and results.json")
        try LineSink.standardOutput.write(Array((json ? outcome.json + "\n" : outcome.text).utf8))
    }

    // MARK: -

    private var folder: String { resume ?? output ?? "" }

    private var options: TrainingRun.Options {
        var options = TrainingRun.Options()
        options.model = model
        options.tasks = tasks
        options.snippets = snippets.paths
        options.synthetic = snippets.synthetic.count
        options.syntheticLanguages = snippets.synthetic.languages
        options.steps = steps
        options.seed = seed
        return options
    }

    private var observer: TrainingObserver {
        let console = Console.standard
        return TrainingObserver(note: { console.note($0) }, progress: { line in console.progress { line } })
    }

    private func root() throws -> DeferredRoot {
        let root = try DeferredRoot(verdicts.added(to: environment.options(jobs: jobs)))
        let console = Console.standard
        console.note(root.pluginNotes)
        let hint = "go on with \(ablation.ablate ? "--ablate " : "")--resume \(folder)"
        Interruption.handle {
            root.shutdown()
            console.clearProgress()
            console.error("interrupted", hint: hint)
        }
        return root
    }
}
