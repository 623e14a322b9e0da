import ArgumentParser
import Pipeline

/// Where results of runs are kept.
struct VerdictCacheArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep what programs come to in this folder, and believe what two runs agreed on instead of a third.",
            valueName: "dir")
    )
    var verdictCache: String?

    /// The options with the folder among them.
    func added(to options: CompositionRoot.Options) -> CompositionRoot.Options {
        var options = options
        options.verdictCacheFolder = verdictCache
        return options
    }
}
