import ArgumentParser

/// Snippets of which tasks are made as a training goes.
struct SnippetArguments: ParsableArguments {
    @Option(
        name: .customLong("snippets"),
        help: ArgumentHelp(
            "Make tasks of these as the run goes, new ones in every round: JSON lines, source files, folders; may be repeated.",
            valueName: "path"))
    var paths: [String] = []

    @OptionGroup var synthetic: SyntheticArguments

    /// Whether there are any.
    var isEmpty: Bool { paths.isEmpty && synthetic.count == nil }
}
