import Glibc
import JSON
import Policy

/// What the updates of a step came to, under TRL's names.
struct UpdateFigures {
    var groups = 0
    var activeGroups = 0
    private var loss = 0.0
    private var tokens = 0
    private var clippedLow = 0
    private var clippedHigh = 0
    private var divergence = 0.0
    private var entropy = 0.0
    private var entropies = 0
    private var differenceSum = 0.0
    private var differenceMost = 0.0
    private var ratios: (least: Double, sum: Double, most: Double) = (.infinity, 0, 0)
    private var norms: [Double] = []

    /// Adds a completion.
    mutating func add(_ term: ClippedLoss.Term, current: [Double], old: [Double], entropies: [Double]) {
        loss += term.value
        tokens += current.count
        clippedLow += term.clippedLow
        clippedHigh += term.clippedHigh
        divergence += term.divergence
        entropy += entropies.reduce(0, +)
        self.entropies += entropies.count
        for (current, old) in zip(current, old) {
            let difference = abs(current - old)
            differenceSum += difference
            differenceMost = max(differenceMost, difference)
            let ratio = exp(current - old)
            ratios = (min(ratios.least, ratio), ratios.sum + ratio, max(ratios.most, ratio))
        }
    }

    /// Adds an update.
    mutating func add(norm: Double) { norms.append(norm) }

    var json: JSONObject {
        let count = Double(max(1, tokens))
        return [
            "loss": .number(loss), "grad_norm": .number(norms.reduce(0, +) / Double(max(1, norms.count))),
            "entropy": .number(entropies == 0 ? 0 : entropy / Double(entropies)), "kl": .number(divergence / count),
            "clip_ratio/low_mean": .number(Double(clippedLow) / count),
            "clip_ratio/high_mean": .number(Double(clippedHigh) / count),
            "clip_ratio/region_mean": .number(Double(clippedLow + clippedHigh) / count),
            "sampling/sampling_logp_difference/mean": .number(differenceSum / count),
            "sampling/sampling_logp_difference/max": .number(differenceMost),
            "sampling/importance_sampling_ratio/min": .number(tokens == 0 ? 1 : ratios.least),
            "sampling/importance_sampling_ratio/mean": .number(tokens == 0 ? 1 : ratios.sum / count),
            "sampling/importance_sampling_ratio/max": .number(tokens == 0 ? 1 : ratios.most),
            "trained_groups": .integer(Int64(activeGroups)),
        ]
    }
}
