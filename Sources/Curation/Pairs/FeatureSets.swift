/// The sets of features of many snippets, one after the other.
public struct FeatureSets: Sendable {
    /// All features; those of one snippet are in ascending order.
    private(set) var features: [UInt64] = []
    /// Where each snippet's begin; one number more than there are snippets.
    private(set) var offsets: [Int] = [0]

    /// Creates an empty collection.
    public init() {}

    /// How many snippets there are.
    public var count: Int { offsets.count - 1 }

    /// Adds a snippet's features, which are in ascending order and each once.
    public mutating func append(_ set: [UInt64]) {
        features += set
        offsets.append(features.count)
    }

    /// The features of a snippet, in ascending order.
    public func set(_ snippet: Int) -> [UInt64] { Array(features[offsets[snippet]..<offsets[snippet + 1]]) }

    /// How many features a snippet has.
    func size(of snippet: Int) -> Int { offsets[snippet + 1] - offsets[snippet] }

    /// The Jaccard similarity of two snippets; those without features are like nobody.
    public func jaccard(_ first: Int, _ second: Int) -> Double {
        let common = commonCount(first, second)
        let all = size(of: first) + size(of: second) - common
        return all == 0 ? 0 : Double(common) / Double(all)
    }

    /// Whether two snippets are similar.
    func reaches(_ threshold: JaccardThreshold, _ first: Int, _ second: Int) -> Bool {
        commonCount(first, second) >= max(1, threshold.overlap(size(of: first), size(of: second)))
    }

    private func commonCount(_ first: Int, _ second: Int) -> Int {
        var (left, right) = (offsets[first], offsets[second])
        let (leftEnd, rightEnd) = (offsets[first + 1], offsets[second + 1])
        var common = 0
        while left < leftEnd && right < rightEnd {
            if features[left] == features[right] {
                common += 1
                left += 1
                right += 1
            } else if features[left] < features[right] {
                left += 1
            } else {
                right += 1
            }
        }
        return common
    }
}
