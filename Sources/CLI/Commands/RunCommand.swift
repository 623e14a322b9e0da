import ArgumentParser
import Pipeline

/// `retort run`: one program in the sandbox.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run one program in the sandbox.",
        discussion: """
            The program's output goes to standard output, its errors and one line with the verdict to standard error.
            A program that fails is a result: the exit code is 0 whenever it was run.

            Example:
              retort run sort.py --stdin '3 1 2' --time-limit 2s --memory-limit 256M
              retort run prog.c --json --args one two
              echo 'print(1)' | retort run - --language python
            """
    )

    @Argument(help: ArgumentHelp("The source of the program; '-' reads it from standard input.", valueName: "file|-"))
    var file: String

    @Option(help: "The language, by name or alias; by default the file's extension tells it.")
    var language: String?

    @Option(help: ArgumentHelp("What the program reads: a file, '-', or else the text itself.", valueName: "file|text"))
    var stdin: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The program's arguments; those that begin with '-' go behind '--'.", valueName: "argument")
    )
    var args: [String] = []

    @Argument(parsing: .postTerminator, help: ArgumentHelp("More arguments of the program.", visibility: .hidden))
    var moreArguments: [String] = []

    @Option(help: ArgumentHelp("CPU and wall time, such as 5s or 500ms.", valueName: "duration"))
    var timeLimit: TimeLimit?

    @Option(help: ArgumentHelp("Memory, such as 512M or 1G.", valueName: "size"))
    var memoryLimit: ByteLimit?

    @Flag(help: "Print one JSON object instead.")
    var json = false

    @OptionGroup var verdicts: VerdictCacheArguments

    @OptionGroup var environment: EnvironmentArguments

    func validate() throws {
        if file == "-" && stdin == "-" {
            throw ValidationError("The program and its input cannot both come from standard input.")
        }
    }

    func run() async throws {
        let request = RunRequest(
            source: try ProgramFile(file),
            language: language,
            standardInput: try stdin.map(StandardInputText.bytes) ?? [],
            arguments: args + moreArguments,
            timeLimit: timeLimit?.duration,
            memoryLimit: memoryLimit?.bytes
        )
        let root = try CompositionRoot(verdicts.added(to: environment.options(jobs: 1)))
        defer { root.shutdown() }
        Interruption.handle { root.shutdown() }
        Console.standard.note(root.pluginNotes)
        let report = try await root.run(request)
        if json {
            try LineSink.standardOutput.write(Array((report.json + "\n").utf8))
        } else {
            try LineSink.standardOutput.write(report.stdout)
            Console.standard.write(report.stderr)
            Console.standard.note(report.statusLine)
        }
    }
}
