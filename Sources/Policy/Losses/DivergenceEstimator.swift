import Glibc

/// An estimate of the divergence from a reference policy, from one token that was sampled.
///
/// With d = log π - log π_ref. Reference: Schulman, Approximating KL divergence (2020).
public enum DivergenceEstimator: String, Sendable, Hashable, CaseIterable {
    /// d
    case k1
    /// d² / 2
    case k2
    /// exp(-d) + d - 1
    case k3

    /// The estimate and its derivative by the log-probability of the policy.
    public func estimate(_ difference: Double) -> (value: Double, derivative: Double) {
        switch self {
        case .k1: (difference, 1)
        case .k2: (difference * difference / 2, difference)
        case .k3: (exp(-difference) + difference - 1, 1 - exp(-difference))
        }
    }
}
