import Glibc

/// The clipped surrogate of a policy gradient, with a divergence and an entropy where they are asked for.
///
/// A token's loss is -min(ρ A, clip(ρ, 1 - ε_low, 1 + ε_high) A) with ρ = exp(log π - log π_old), or, of a whole
/// completion, the geometric mean of its tokens' ratios.
/// Reference: PPO (arXiv:1707.06347); higher clip: DAPO (arXiv:2503.14476); dual clip: arXiv:1912.09729; GSPO
/// (arXiv:2507.18071).
public struct ClippedLoss: Sendable, Hashable {
    /// What a ratio is of.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        case token, sequence
    }

    /// What a ratio is of.
    public var level = Level.token
    /// ε_low.
    public var clipLow = 0.2
    /// ε_high.
    public var clipHigh = 0.2
    /// The greatest ratio that counts where the advantage is below 0; nil for none.
    public var dualClip: Double?
    /// How tokens become one number.
    public var aggregation = LossAggregation.tokenMean
    /// How much the divergence from the reference counts.
    public var divergenceWeight = 0.0
    /// How it is estimated.
    public var divergence = DivergenceEstimator.k3
    /// Whether the divergence counts by the ratio, which makes its gradient right off the policy.
    public var correctsDivergence = false
    /// How much the entropy counts; above 0 it is rewarded.
    public var entropyWeight = 0.0

    /// Makes the loss of TRL's defaults.
    public init() {}

    /// What one completion adds to the loss.
    public struct Term: Sendable, Hashable {
        /// The share of the loss.
        public var value: Double
        /// Its derivative by each log-probability.
        public var logProbabilityGradients: [Double]
        /// Its derivative by each entropy; empty where entropy does not count.
        public var entropyGradients: [Double]
        /// Tokens whose ratio was below the lower bound and would have been moved further.
        public var clippedLow: Int
        /// Tokens whose ratio was above the upper bound and would have been moved further.
        public var clippedHigh: Int
        /// The sum of the divergences of the tokens.
        public var divergence: Double
    }

    /// The share of one completion.
    ///
    /// - Parameters:
    ///   - current: Log-probabilities under the policy, shape (tokens).
    ///   - old: Those of the policy that sampled; the same values make every ratio 1.
    ///   - reference: Those of the reference policy; nil where the divergence does not count.
    ///   - advantages: What each token is worth.
    ///   - weights: What each token counts besides, from a correction; empty for 1.
    ///   - entropies: The entropies of the tokens; used where they count.
    ///   - share: What a token counts in the mean, from `aggregation`.
    public func term(
        current: [Double], old: [Double], reference: [Double]? = nil, advantages: [Double], weights: [Double] = [],
        entropies: [Double] = [], share: Double
    ) -> Term {
        precondition(
            current.count == old.count && current.count == advantages.count,
            "\(current.count) tokens have \(old.count) old log-probabilities and \(advantages.count) advantages")
        var term = Term(
            value: 0, logProbabilityGradients: [], entropyGradients: [], clippedLow: 0, clippedHigh: 0, divergence: 0)
        term.logProbabilityGradients.reserveCapacity(current.count)
        let mean = zip(current, old).reduce(0) { $0 + $1.0 - $1.1 } / Double(max(1, current.count))
        // What the loss changes by the logarithm of the ratio, which is the token's or all tokens' together.
        var slopes: [Double] = []
        slopes.reserveCapacity(current.count)
        for token in current.indices {
            let ratio = exp(level == .token ? current[token] - old[token] : mean)
            let weight = weights.isEmpty ? 1 : weights[token]
            var (loss, slope) = surrogate(ratio, advantages[token], &term)
            loss *= weight
            slope *= weight
            var direct = 0.0
            if let reference {
                let (value, derivative) = divergence.estimate(current[token] - reference[token])
                term.divergence += value
                let factor = divergenceWeight * (correctsDivergence ? ratio : 1)
                loss += factor * value
                direct = factor * derivative
                if correctsDivergence { slope += factor * value }
            }
            term.value += share * loss
            term.logProbabilityGradients.append(share * direct)
            slopes.append(share * slope)
        }
        if level == .sequence {
            let common = slopes.reduce(0, +) / Double(max(1, slopes.count))
            slopes = slopes.map { _ in common }
        }
        for token in slopes.indices { term.logProbabilityGradients[token] += slopes[token] }
        if entropyWeight != 0, !entropies.isEmpty {
            term.value -= share * entropyWeight * entropies.reduce(0, +)
            term.entropyGradients = entropies.map { _ in -share * entropyWeight }
        }
        return term
    }
    /// The loss of a token and its derivative by the logarithm of the ratio.
    private func surrogate(_ ratio: Double, _ advantage: Double, _ term: inout Term) -> (loss: Double, slope: Double) {
        if ratio < 1 - clipLow, advantage < 0 { term.clippedLow += 1 }
        if ratio > 1 + clipHigh, advantage > 0 { term.clippedHigh += 1 }
        let clipped = min(1 + clipHigh, max(1 - clipLow, ratio))
        let loss = -min(ratio * advantage, clipped * advantage)
        if let dualClip, advantage < 0, loss > -dualClip * advantage { return (-dualClip * advantage, 0) }
        return (loss, ratio * advantage <= clipped * advantage ? loss : 0)
    }
}
