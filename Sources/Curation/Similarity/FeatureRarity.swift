/// How rare the features of snippets are among all of them.
public struct FeatureRarity: Sendable {
    /// For each snippet the mean of one over the count of each of its features, from 0 to 1.
    public let shares: [Double]

    /// Counts features and takes the means.
    public init(_ sets: FeatureSets) {
        let counts = FeatureCounts(sets)
        shares = (0..<sets.count).map { snippet in
            let range = sets.offsets[snippet]..<sets.offsets[snippet + 1]
            guard !range.isEmpty else { return 0 }
            return range.reduce(0) { $0 + 1 / Double(max(1, counts[sets.features[$1]])) } / Double(range.count)
        }
    }
}
