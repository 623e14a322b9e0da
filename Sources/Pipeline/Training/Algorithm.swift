import Policy

/// The published ways to turn scores into updates, by the names that the field has for them.
public enum Algorithm: String, Sendable, Hashable, CaseIterable {
    case grpo
    case drGRPO = "dr_grpo"
    case dapo
    case gspo
    case rloo
    case reinforcePlusPlus = "reinforce++"
    case reinforcePlusPlusBaseline = "reinforce++_baseline"
    case gdpo

    /// The loss that its paper has.
    var loss: LossSettings {
        var loss = LossSettings()
        switch self {
        case .grpo, .gdpo: loss.aggregation = .sequenceMean
        case .drGRPO:
            loss.aggregation = .constant
            loss.scale = .none
        case .dapo: loss.clipHigh = 0.28
        case .gspo:
            loss.aggregation = .sequenceMean
            loss.level = .sequence
            loss.clipLow = 3e-4
            loss.clipHigh = 4e-4
        case .rloo:
            loss.aggregation = .sequenceSum
            loss.divergence = .k1
            loss.penalisesReward = true
        case .reinforcePlusPlus, .reinforcePlusPlusBaseline:
            loss.divergence = .k1
            loss.penalisesReward = true
        }
        return loss
    }

    /// The estimator of advantages.
    ///
    /// - Parameters:
    ///   - scale: What differences within a group are divided by, where that is a choice.
    ///   - weights: What each component counts, for the one that takes them apart.
    func estimator(scale: AdvantageEstimator.Scale, weights: [Double]) -> AdvantageEstimator {
        switch self {
        case .grpo, .drGRPO, .dapo, .gspo: .groupRelative(scale)
        case .rloo: .leaveOneOut
        case .reinforcePlusPlus: .whitened(baseline: false)
        case .reinforcePlusPlusBaseline: .whitened(baseline: true)
        case .gdpo: .perComponent(weights: weights)
        }
    }
}
