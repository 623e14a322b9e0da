import ArgumentParser
import Pipeline

/// How snippets are compared and chosen.
struct CurationArguments: ParsableArguments {
    @Option(help: ArgumentHelp("What is compared.", valueName: CurationOptions.similarityNames.joined(separator: "|")))
    var similarity = "tokens"

    @Option(help: ArgumentHelp("The similarity from which two snippets are not both kept.", valueName: "0 to 1"))
    var threshold = 0.5

    @Option(
        help: ArgumentHelp(
            "How similar pairs are found: by an exact join, by signatures, or by comparing all.",
            valueName: CurationOptions.finderNames.joined(separator: "|"))
    )
    var pairs = "prefix"

    @Flag(help: "Compare every pair; the same as --pairs all.")
    var exact = false

    @Option(
        help: ArgumentHelp(
            "How much work the search may be.", valueName: CurationOptions.effortNames.joined(separator: "|"))
    )
    var effort = "standard"

    @Option(
        help: ArgumentHelp(
            "Which snippets to prefer where the number kept is the same.",
            valueName: SnippetPreference.allCases.map(\.rawValue).joined(separator: "|"))
    )
    var prefer = "none"

    @Flag(help: "Keep the set of the greatest weight by --prefer, instead of the largest.")
    var maximumWeight = false

    @Option(help: ArgumentHelp("What decides where chance decides.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(name: [.long, .short], help: ArgumentHelp("Threads; by default one a core.", valueName: "n"))
    var jobs: Int?

    @Option(
        help: ArgumentHelp("End the search after that time, with the best so far and its bound.", valueName: "time"))
    var timeBudget: TimeLimit?

    func validate() throws {
        if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("--jobs takes a number from 1 to 1024.") }
        guard threshold > 0, threshold <= 1 else { throw ValidationError("--threshold is above 0 and at most 1.") }
        if maximumWeight && prefer == "none" { throw ValidationError("--maximum-weight needs --prefer.") }
        _ = try options()
    }

    /// What the pipeline wants to know.
    func options() throws -> CurationOptions {
        var options = CurationOptions()
        guard options.choose(similarity: similarity, pairs: exact ? "all" : pairs, effort: effort) else {
            throw ValidationError("Unknown name in --similarity, --pairs or --effort; --help lists them.")
        }
        guard let preference = SnippetPreference(rawValue: prefer) else {
            throw ValidationError("Unknown name in --prefer; --help lists them.")
        }
        options.preference = preference
        options.isByWeight = maximumWeight
        options.threshold = threshold
        options.seed = seed
        if let jobs { options.jobs = jobs }
        return options
    }
}
