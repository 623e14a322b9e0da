import ArgumentParser
import Glibc
import Pipeline

/// `retort evaluate`: how many tasks a model or a server solves.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Say how many tasks a model solves, with 95 % intervals.",
        discussion: """
            The model is one on this machine, or a server that speaks the chat completions of OpenAI (vLLM, llama.cpp). Tasks \
            are those of 'retort generate', or rows of CRUXEval, each of which asks for an output and for an input.

            Example:
              retort evaluate --model runs/first/model --tasks tasks.jsonl --split test
              retort evaluate --endpoint http://127.0.0.1:8000 --tasks cruxeval.jsonl --samples 10 --temperature 0.8
            """
    )

    @Option(help: ArgumentHelp("smollm2, a .gguf file, or a folder.", valueName: "model"))
    var model: String?

    @Option(help: ArgumentHelp("The address of a server, as http://host:port.", valueName: "url"))
    var endpoint: String?

    @Option(help: ArgumentHelp("What the server calls the model.", valueName: "name"))
    var servedModel: String?

    @Option(help: ArgumentHelp("A file that holds what the server wants to be shown.", valueName: "file"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("The tasks.", valueName: "file"))
    var tasks: String

    @Option(help: ArgumentHelp("Answers to each task.", valueName: "n"))
    var samples = 1

    @Option(help: ArgumentHelp("0 takes the likeliest tokens.", valueName: "t"))
    var temperature: Double?

    @Option(help: ArgumentHelp("The most tokens of an answer.", valueName: "n"))
    var maxTokens = 512

    @Option(help: ArgumentHelp("The most tasks, the first ones.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("Only tasks of this part.", valueName: "name"))
    var split: String?

    @Option(
        help: ArgumentHelp(
            "The words of prompts; by default those that the model was trained with.", valueName: "full|compact"))
    var prompt: String?

    @Option(help: ArgumentHelp("A built-in way to reward.", valueName: "name"))
    var preset: String?

    @Option(help: ArgumentHelp("Where all chances start.", valueName: "n"))
    var seed = 0

    @Option(name: [.long, .short], help: ArgumentHelp("Write each answer with its score there.", valueName: "file"))
    var output: String?

    @Option(
        name: [.long, .short], help: ArgumentHelp("Programs that run at once; by default one a core.", valueName: "n"))
    var jobs: Int?

    @Flag(help: "Print the figures as JSON.")
    var json = false

    @OptionGroup var environment: EnvironmentArguments

    func validate() throws {
        if (model == nil) == (endpoint == nil) { throw ValidationError("Give --model or --endpoint.") }
        if samples < 1 || samples > 10_000 { throw ValidationError("--samples takes a number from 1 to 10000.") }
        if maxTokens < 1 { throw ValidationError("--max-tokens takes a number above 0.") }
        if let limit, limit < 1 { throw ValidationError("--limit takes a number above 0.") }
        if seed < 0 { throw ValidationError("--seed takes a number from 0.") }
        if let temperature, !(0...100).contains(temperature) {
            throw ValidationError("--temperature takes a number from 0 to 100.")
        }
    }

    func run() async throws {
        var options = EvaluationRun.Options(tasks: tasks)
        options.model = model
        options.endpoint = endpoint
        options.servedModel = servedModel
        if let tokenFile {
            let text = String(decoding: try ReadableFile(tokenFile).bytes(limit: 1 << 16), as: UTF8.self)
            options.token = String(text.split(whereSeparator: \.isWhitespace).first ?? "")
        }
        options.samples = samples
        options.limit = limit
        options.split = split
        options.prompt = prompt
        options.rewards = preset
        // Several answers that are all the likeliest would be one.
        options.sampling.temperature = temperature ?? (samples > 1 ? 1 : 0)
        options.sampling.maximumTokens = maxTokens
        options.sampling.seed = UInt64(seed)
        let evaluation = try EvaluationRun(options)
        let root = try DeferredRoot(environment.options(jobs: jobs))
        defer { root.shutdown() }
        let console = Console.standard
        console.note(root.pluginNotes)
        let sink: LineSink? = if let output { try .file(output) } else { nil }
        Interruption.handle {
            root.shutdown()
            console.clearProgress()
            console.error("interrupted")
        }
        let report = try await evaluation.run(root, output: sink) { done, total in
            console.progress { "\(done) of \(total) answers" }
        }
        console.clearProgress()
        try LineSink.standardOutput.write(Array(((json ? report.json : report.text) + "\n").utf8))
    }
}
