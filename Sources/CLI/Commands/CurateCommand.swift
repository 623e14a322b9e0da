import ArgumentParser
import Pipeline

/// `retort curate`: snippets in, a largest set of mutually dissimilar ones out.
struct CurateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curate",
        abstract: "Keep as many snippets as possible of which no two are similar, and prove how good that is.",
        discussion: """
            Snippets are files, folders, or lines of JSON ({"id","language","code"}), packed with gzip or not; '-' is
            standard input. The kept ones go to --output as they came; what was done goes to standard error and, with
            clusters, to --report. Ctrl-C writes the best answer so far with its bound.

            Example:
              retort curate corpus.jsonl.gz --output kept.jsonl --report report.json
              retort curate src/ --similarity lines --threshold 0.7 --output kept.jsonl
              retort curate --graph keller4.clq.b
            """
    )

    @Argument(help: ArgumentHelp("Files or folders of snippets.", valueName: "snippets"))
    var snippets: [String] = []

    @Option(name: [.long, .short], help: ArgumentHelp("Write the kept snippets there.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Write the report with all clusters there, as JSON.", valueName: "file"))
    var report: String?

    @OptionGroup var choosing: CurationArguments
    @OptionGroup var filters: SnippetFilterArguments
    @OptionGroup var folders: PluginFolderArguments

    @Option(help: ArgumentHelp("A graph in a DIMACS format: print a maximum clique of it.", valueName: "file"))
    var graph: String?

    @Option(
        help: ArgumentHelp("A list of similar pairs ('n m', then 'u v'): print a maximum set.", valueName: "file")
    )
    var conflicts: String?

    @Flag(help: "Print the result as a JSON object on standard output.")
    var json = false

    func validate() throws {
        let sources = [graph, conflicts].compactMap { $0 }.count + (snippets.isEmpty ? 0 : 1)
        guard sources == 1 else { throw ValidationError("Give snippets, or --graph, or --conflicts.") }
        guard snippets.isEmpty || output != nil || report != nil || json else {
            throw ValidationError("Give --output, --report or --json.")
        }
        if snippets.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read once.") }
    }

    func run() async throws {
        if let graph { return try solve(graph: graph) }
        if let conflicts { return try solve(conflicts: conflicts) }
        var options = try choosing.options()
        try filters.apply(to: &options)
        options.pluginFolders = folders.pluginFolders
        let inputs = try snippets.filter { $0 != "-" && !PathKind.isFolder($0) }.map { path throws(PipelineError) in
            try ReadableFile(path)
        }
        let sink = try output.map { path throws(PipelineError) in try LineSink.file(path, inputs: inputs) }
        let reportSink = try report.map { path throws(PipelineError) in try LineSink.file(path, inputs: inputs) }
        let console = Console.standard
        let control = CurationControl()
        let ending = InterruptedSearch(control)
        let observer = CurationRun.Observer { line in console.progress { line } }
        let run = CurationRun(options, control: control, observer: observer)
        let result = try await run.run(snippets, into: sink, budget: choosing.timeBudget?.duration)
        console.clearProgress()
        let text = Array((result.json + "\n").utf8)
        try reportSink?.write(text)
        if json { try LineSink.standardOutput.write(text) } else { console.note("\n" + result.text) }
        ending.finish()
    }

    private func solve(graph: String) throws {
        let control = CurationControl(budget: choosing.timeBudget?.duration)
        let ending = InterruptedSearch(control)
        let report = try CliqueReport(path: graph, seed: choosing.seed, jobs: choosing.jobs, control: control)
        try LineSink.standardOutput.write(Array((json ? report.json + "\n" : report.text).utf8))
        ending.finish()
    }

    private func solve(conflicts: String) throws {
        let control = CurationControl(budget: choosing.timeBudget?.duration)
        let ending = InterruptedSearch(control)
        let options = try choosing.options()
        let report = try ConflictReport(
            path: conflicts, seed: options.seed, effort: options.effort, jobs: choosing.jobs, control: control)
        try LineSink.standardOutput.write(Array((json ? report.json + "\n" : report.text).utf8))
        ending.finish()
    }
}
