public import Curation

/// What `retort curate` is asked for.
public struct CurationOptions: Sendable {
    /// How two snippets are compared.
    public var similarity = SimilarityKind.tokens
    /// The similarity from which two snippets are not both kept.
    public var threshold = 0.5
    /// How similar pairs are found.
    public var finder = PairFinder.prefix
    /// How much work the search may be.
    public var effort = SearchEffort.standard
    /// What decides where chance decides.
    public var seed: UInt64 = 0
    /// Threads.
    public var jobs = Processors.count
    /// What a snippet may be.
    public var limits = SnippetLimits()
    /// The language of lines and files that do not tell.
    public var language: String?
    /// Benchmarks of which no part may be among the snippets.
    public var benchmarks: [String] = []
    /// The part of a benchmark's item that is too much.
    public var benchmarkShare = 0.5
    /// What makes one snippet better than another.
    public var preference = SnippetPreference.none
    /// Whether the set is to be the heaviest instead of the largest.
    public var isByWeight = false
    /// Whether only what compiles, or parses, is kept.
    public var checksCompiling = false
    /// Folders of plugins that go before the usual ones.
    public var pluginFolders: [String] = []

    /// Creates the defaults.
    public init() {}
}
