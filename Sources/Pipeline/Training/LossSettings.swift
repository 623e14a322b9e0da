import Policy

/// What is minimised, by the names and with the defaults of TRL.
struct LossSettings: Sendable, Hashable {
    /// How the losses of tokens become one number; the names are those of `loss_type`.
    enum Aggregation: String, Sendable, Hashable, CaseIterable {
        case sequenceMean = "grpo"
        case tokenMean = "dapo"
        case constant = "dr_grpo"
        case sequenceSum = "sequence_sum"
    }

    /// What is done about a sampler that is not the policy.
    enum Correction: String, Sendable, Hashable, CaseIterable {
        case none
        case tokenTruncate = "token_truncate"
        case sequenceMask = "sequence_mask"
    }

    var aggregation = Aggregation.tokenMean
    var level = ClippedLoss.Level.token
    var scale = AdvantageEstimator.Scale.group
    var clipLow = 0.2
    var clipHigh = 0.2
    var dualClip: Double?
    var divergenceWeight = 0.0
    var divergence = DivergenceEstimator.k3
    /// Whether the divergence is taken off the reward instead of added to the loss.
    var penalisesReward = false
    var correctsDivergence = false
    var entropyWeight = 0.0
    var correction = Correction.none
    var correctionLimit = 3.0
    /// Whether completions that were cut off teach nothing.
    var masksTruncated = false

    /// The loss.
    ///
    /// - Parameter length: The greatest length of a completion, in tokens.
    func clipped(length: Int) -> ClippedLoss {
        var loss = ClippedLoss()
        loss.level = level
        loss.clipLow = clipLow
        loss.clipHigh = clipHigh
        loss.dualClip = dualClip
        loss.divergence = divergence
        loss.divergenceWeight = penalisesReward ? 0 : divergenceWeight
        loss.correctsDivergence = correctsDivergence
        loss.entropyWeight = entropyWeight
        loss.aggregation =
            switch aggregation {
            case .sequenceMean: .sequenceMean
            case .tokenMean: .tokenMean
            case .constant: .constant(length: length)
            case .sequenceSum: .constant(length: 1)
            }
        return loss
    }

    /// What is done about a sampler that is not the policy.
    var importance: ImportanceCorrection {
        switch correction {
        case .none: .none
        case .tokenTruncate: .tokenTruncated(maximum: correctionLimit)
        case .sequenceMask: .sequenceMasked(maximum: correctionLimit)
        }
    }
}
