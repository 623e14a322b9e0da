/// Finds the pairs of snippets whose similarity reaches a threshold.
public enum PairFinder: String, Sendable, Hashable, CaseIterable {
    /// A join that looks only at pairs that share one of their rarest features: every pair is found.
    case prefix
    /// Signatures of least hashes in bands: most pairs are found, in memory and time that hardly depend on the sets.
    case minhash
    /// Every pair is compared: the slow way that the others are measured against.
    case all

    /// The similar pairs in ascending order, each once.
    ///
    /// - Parameters:
    ///   - threshold: The least Jaccard similarity, above 0 and at most 1.
    ///   - threads: Threads that share the work; the pairs do not depend on them.
    ///   - control: Ends the search early; what is found by then is given.
    public func pairs(
        in sets: FeatureSets, threshold: Double, threads: Int = 1, control: SearchControl = SearchControl()
    ) -> [SimilarPair] {
        let threshold = JaccardThreshold(threshold)
        let found: [SimilarPair]
        switch self {
        case .prefix: found = PrefixJoin(sets, threshold, threads: threads).pairs(threads: threads, control: control)
        case .minhash:
            found = MinHashJoin(sets, threshold, threads: threads, control: control)
                .pairs(threads: threads, control: control)
        case .all: found = AllPairs(sets, threshold).pairs(threads: threads, control: control)
        }
        return found.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }
}
