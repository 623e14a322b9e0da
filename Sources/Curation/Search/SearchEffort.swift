/// How much work a search for an independent set may be.
public enum SearchEffort: String, Sendable, Hashable, CaseIterable {
    /// Reductions and one greedy set: what a large corpus needs at least.
    case quick
    /// A local search with exact neighbourhoods where reductions do not suffice.
    case standard
    /// Eight times as much of it.
    case thorough

    /// Rounds of local search and neighbourhoods.
    var rounds: Int {
        switch self {
        case .quick: 0
        case .standard: 8
        case .thorough: 64
        }
    }

    /// How often searches of a large component go on from what all of them together have found.
    var continuations: Int {
        switch self {
        case .quick: 0
        case .standard: 1
        case .thorough: 4
        }
    }

    /// Rounds without a better set after which a search ends.
    var patience: Int { self == .thorough ? 8 : 2 }
}
