import ArgumentParser
import Pipeline

/// `retort report`: a page that shows a run.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Make one page of a training run: curves, tasks, verdicts, and what the model wrote.",
        discussion: """
            The page holds everything that it shows: it loads nothing and runs nothing.

            Example:
              retort report runs/first --output report.html
            """
    )

    @Argument(help: ArgumentHelp("The folder of the run.", valueName: "run"))
    var folder: String

    @Option(
        name: [.long, .short],
        help: ArgumentHelp("Write the page there; report.html in the run otherwise.", valueName: "file"))
    var output: String?

    func run() throws {
        let path = output ?? folder + "/report.html"
        let page = try RunPage(folder: folder).html
        try LineSink.file(path).write(Array(page.utf8))
        Console.standard.note("wrote \(path)")
    }
}
