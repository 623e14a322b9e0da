import ArgumentParser
import Pipeline

/// What tasks are made of snippets, and by which chances.
struct GenerationArguments: ParsableArguments {
    /// The names of the formats.
    static let formats = GenerationRequest.formatNames.joined(separator: ", ")

    @Option(help: ArgumentHelp("Where all chances start.", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("The round; another one gives other tasks of the same snippets.", valueName: "n"))
    var epoch: UInt64?

    @Option(help: ArgumentHelp("Tasks that are drawn of one snippet.", valueName: "n"))
    var tasksPerSnippet: Int?

    @Option(
        help: ArgumentHelp(
            "How often each kind is drawn, as forward=3,backward=1; the kinds are forward, backward, input, repair.",
            valueName: "weights"))
    var mix: String?

    @Option(help: ArgumentHelp("The share of tasks whose program is made to fail.", valueName: "0...1"))
    var errors: Double?

    @Flag(help: "Change nothing: every program and every input as it stands.")
    var plain = false

    @Option(name: [.long, .short], help: ArgumentHelp("The language of lines that name none.", valueName: "name"))
    var language: String?

    @Option(
        help: ArgumentHelp("The most characters of a prompt, or tokens where --tokenizer is given.", valueName: "n"))
    var promptLength: Int?

    @Option(
        help: ArgumentHelp("Count prompts in the tokens of this tokenizer.json (byte-level BPE).", valueName: "file"))
    var tokenizer: String?

    @Option(
        help: ArgumentHelp("Parts and their shares, as train=90,validation=5,test=5.", valueName: "shares"))
    var splits: String?

    @Option(
        help: ArgumentHelp(
            "What goes into the same part: the report of 'retort curate', whose clusters are kept together.",
            valueName: "file"))
    var clusters: String?

    @OptionGroup var synthetic: SyntheticArguments

    @Option(help: ArgumentHelp("All settings, as JSON; options given here go before it.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The words of prompts, as JSON.", valueName: "file"))
    var templates: String?

    /// Everything read and found good.
    func request(format: String) throws(PipelineError) -> GenerationRequest {
        var request = try GenerationRequest(format: format, config: config, templates: templates)
        request.defaultLanguage = language
        request.set(seed: seed, epoch: epoch)
        if let tasksPerSnippet { try request.set(tasksPerSnippet: tasksPerSnippet) }
        if let mix { try request.set(mix: mix) }
        if plain { request.changeNothing() }
        if let errors { try request.set(errorShare: errors) }
        if let tokenizer { try request.set(tokenizer: tokenizer) }
        if let promptLength { try request.set(promptLength: promptLength) }
        if let splits { try request.set(splits: splits) }
        if let clusters { try request.set(clusters: clusters) }
        if let count = synthetic.count {
            try request.set(synthetic: count, languages: synthetic.languages, failures: errors)
        }
        return request
    }
}
