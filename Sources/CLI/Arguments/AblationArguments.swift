import ArgumentParser

/// The comparison of a method with and without each of its parts.
struct AblationArguments: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Train with all parts of the method and with each switched off, and compare what comes of it."))
    var ablate = false

    @Option(help: ArgumentHelp("With --ablate: so many runs of each; 3 where it is not said.", valueName: "n"))
    var seeds: Int?
}
