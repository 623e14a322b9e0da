import ArgumentParser
import Pipeline

/// What a snippet must be before it is compared with others.
struct SnippetFilterArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The language of lines and files that do not tell.", valueName: "name"))
    var language: String?

    @Option(
        help: ArgumentHelp(
            "A benchmark, as JSON lines or files, of which no part may be kept; may be repeated.", valueName: "file")
    )
    var decontaminate: [String] = []

    @Option(
        help: ArgumentHelp("The share of a benchmark item's runs of 10 tokens that is too much.", valueName: "0 to 1")
    )
    var contaminationShare = 0.5

    @Option(help: ArgumentHelp("The fewest lines that are not blank.", valueName: "n"))
    var minLines = 1

    @Option(help: ArgumentHelp("The most lines that are not blank.", valueName: "n"))
    var maxLines = 10_000

    @Option(help: ArgumentHelp("The most bytes of a line.", valueName: "n"))
    var maxLineLength = 2000

    @Option(help: ArgumentHelp("The fewest bytes.", valueName: "n"))
    var minBytes = 1

    @Option(help: ArgumentHelp("The most bytes.", valueName: "n"))
    var maxBytes = 1_000_000

    @Option(help: ArgumentHelp("The fewest tokens.", valueName: "n"))
    var minTokens = 1

    @Option(help: ArgumentHelp("The most tokens.", valueName: "n"))
    var maxTokens = 200_000

    @Flag(help: "Keep only what compiles, or at least parses, in the sandbox.")
    var check = false

    func validate() throws {
        guard contaminationShare > 0, contaminationShare <= 1 else {
            throw ValidationError("--contamination-share is above 0 and at most 1.")
        }
        let bounds = [(minLines, maxLines), (minBytes, maxBytes), (minTokens, maxTokens), (0, maxLineLength)]
        guard bounds.allSatisfy({ $0.0 >= 0 && $0.0 <= $0.1 }) else {
            throw ValidationError("A least size is at least 0 and at most the greatest.")
        }
    }

    /// Puts the filters into the options.
    func apply(to options: inout CurationOptions) throws {
        options.language = language
        options.benchmarks = decontaminate
        options.benchmarkShare = contaminationShare
        options.checksCompiling = check
        options.limit(
            bytes: minBytes...maxBytes, lines: minLines...maxLines, lineLength: maxLineLength,
            tokens: minTokens...maxTokens)
    }
}
