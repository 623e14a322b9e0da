import ArgumentParser
import Pipeline

/// `retort curate`: snippets in, a largest set of mutually dissimilar ones out.
struct CurateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curate",
        abstract: "Find a maximum clique of a graph, and prove it.",
        discussion: """
            Example:
              retort curate --graph keller4.clq.b --json
            """
    )

    @Option(help: ArgumentHelp("A graph in a DIMACS format: print a maximum clique of it.", valueName: "file"))
    var graph: String

    @Option(help: ArgumentHelp("What decides where chance decides.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(name: [.long, .short], help: ArgumentHelp("Threads; by default one a core.", valueName: "n"))
    var jobs: Int?

    @Option(help: ArgumentHelp("End a search after that time, with the best so far and its bound.", valueName: "time"))
    var timeBudget: TimeLimit?

    @Flag(help: "Print a JSON object.")
    var json = false

    func validate() throws {
        if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("--jobs takes a number from 1 to 1024.") }
    }

    func run() async throws {
        let control = CurationControl(budget: timeBudget?.duration)
        let ending = InterruptedSearch(control)
        let report = try CliqueReport(path: graph, seed: seed, jobs: jobs, control: control)
        try LineSink.standardOutput.write(Array((json ? report.json + "\n" : report.text).utf8))
        ending.finish()
    }
}
