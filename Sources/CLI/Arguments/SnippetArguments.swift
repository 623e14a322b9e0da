import ArgumentParser

/// Snippets of which tasks are made as a training goes.
struct SnippetArguments: ParsableArguments {
    @Option(
        name: .customLong("snippets"),
        help: ArgumentHelp(
            "Make tasks of these as the run goes, new ones in every round: JSON lines, source files, folders; may be repeated.",
            valueName: "path"))
    var paths: [String] = []

    @Option(help: ArgumentHelp("Make up so many small programs for that.", valueName: "n"))
    var synthetic: Int?

    @Option(
        help: ArgumentHelp(
            "The languages of programs that are made up: python, javascript, ruby, lua, perl.", valueName: "names"))
    var syntheticLanguages: String?

    /// Whether there are any.
    var isEmpty: Bool { paths.isEmpty && synthetic == nil }
}
