/// A threshold of Jaccard similarity as the counts that follow from it, in whole numbers wherever it is compared.
struct JaccardThreshold: Sendable {
    /// The threshold in millionths, so that 0.7 is what a person means by it.
    private let parts: Int
    private static let whole = 1_000_000

    init(_ threshold: Double) {
        parts = min(Self.whole, max(1, Int((threshold * Double(Self.whole)).rounded())))
    }

    /// The threshold as a number.
    var value: Double { Double(parts) / Double(Self.whole) }

    /// Features that two sets have in common at least when they are similar.
    @inline(__always)
    func overlap(_ first: Int, _ second: Int) -> Int {
        // c / (a + b − c) ≥ t  ⇔  c ≥ t (a + b) / (1 + t)
        let needed = parts &* (first &+ second)
        let divisor = Self.whole &+ parts
        return (needed &+ divisor &- 1) / divisor
    }

    /// The least size of a set that may be similar to one of this size.
    @inline(__always)
    func leastPartner(_ size: Int) -> Int { (parts &* size &+ Self.whole &- 1) / Self.whole }
}
