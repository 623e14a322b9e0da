import Curation

extension CurationOptions {
    /// The names of the similarities.
    public static var similarityNames: [String] { SimilarityKind.allCases.map(\.rawValue) }

    /// The names of the ways to find similar pairs.
    public static var finderNames: [String] { PairFinder.allCases.map(\.rawValue) }

    /// The names of the amounts of work.
    public static var effortNames: [String] { SearchEffort.allCases.map(\.rawValue) }

    /// Chooses by name.
    ///
    /// - Returns: Whether all of the names are known; if not, nothing is changed.
    public mutating func choose(similarity: String, pairs: String, effort: String) -> Bool {
        guard let similarity = SimilarityKind(rawValue: similarity), let finder = PairFinder(rawValue: pairs),
            let effort = SearchEffort(rawValue: effort)
        else { return false }
        self.similarity = similarity
        self.finder = finder
        self.effort = effort
        return true
    }

    /// Sets what a snippet may be.
    public mutating func limit(
        bytes: ClosedRange<Int>, lines: ClosedRange<Int>, lineLength: Int, tokens: ClosedRange<Int>
    ) {
        limits = SnippetLimits(bytes: bytes, lines: lines, lineLength: lineLength, tokens: tokens)
    }
}
