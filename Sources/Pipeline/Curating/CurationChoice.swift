import Curation

/// What was chosen.
struct CurationChoice: Sendable {
    var set: IndependentSet
    /// The weight of the set, where weights count.
    var weight: Int?
    /// What no weight exceeds, where the heaviest set was looked for.
    var weightBound: Int?
    /// Whether none of the largest sets is heavier; nil where weights do not break ties.
    var isHeaviestOfItsSize: Bool?
}
