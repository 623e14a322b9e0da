import Glibc

/// What is done about a sampler that is not quite the policy that is trained, such as one with coarser weights.
public enum ImportanceCorrection: Sendable, Hashable {
    /// Nothing.
    case none
    /// Each token counts by its ratio, up to a bound.
    case tokenTruncated(maximum: Double)
    /// Each token counts by the ratio of its completion, and completions beyond a bound count nothing.
    case sequenceMasked(maximum: Double)

    /// What each token of a completion counts.
    ///
    /// - Parameters:
    ///   - trained: Log-probabilities under the policy that is trained, as it was when the tokens were sampled.
    ///   - sampled: Log-probabilities of the sampler.
    public func weights(trained: [Double], sampled: [Double]) -> [Double] {
        switch self {
        case .none: return trained.map { _ in 1 }
        case .tokenTruncated(let maximum): return zip(trained, sampled).map { min(maximum, exp($0 - $1)) }
        case .sequenceMasked(let maximum):
            let ratio = exp(zip(trained, sampled).reduce(0) { $0 + $1.0 - $1.1 })
            return trained.map { _ in ratio <= maximum ? ratio : 0 }
        }
    }
}
