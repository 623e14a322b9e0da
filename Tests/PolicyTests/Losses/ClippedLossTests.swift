import JSON
import Policy
import Testing

@Suite("The clipped loss")
struct ClippedLossTests {
    @Test("and its derivative are those of the published formulas", arguments: LossFixture.losses)
    func formulas(name: String) throws {
        let fields = try LossFixture.loss(name)
        var loss = ClippedLoss()
        loss.level = try #require(ClippedLoss.Level(rawValue: fields["level"]?.string ?? ""))
        loss.clipLow = try #require(fields["clip_low"]?.double)
        loss.clipHigh = try #require(fields["clip_high"]?.double)
        loss.dualClip = fields["dual_clip"]?.double
        loss.divergenceWeight = try #require(fields["beta"]?.double)
        loss.divergence = try #require(DivergenceEstimator(rawValue: fields["kl"]?.string ?? ""))
        loss.correctsDivergence = fields["corrects"]?.bool == true
        loss.aggregation =
            switch fields["aggregation"]?.string {
            case "sequence_mean": .sequenceMean
            case "token_mean": .tokenMean
            default: .constant(length: Int(try #require(fields["length"]?.integer)))
            }
        let current = try #require(fields["current"]).rows
        let (old, reference) = (try #require(fields["old"]).rows, try #require(fields["reference"]).rows)
        let (advantages, weights) = (try #require(fields["advantages"]).rows, try #require(fields["weights"]).rows)
        let gradients = try #require(fields["gradients"]).rows
        let tokens = current.reduce(0) { $0 + $1.count }
        var total = 0.0
        for place in current.indices {
            let term = loss.term(
                current: current[place], old: old[place],
                reference: loss.divergenceWeight > 0 ? reference[place] : nil, advantages: advantages[place],
                weights: weights[place],
                share: loss.aggregation.weight(
                    length: current[place].count, completions: current.count, tokens: tokens))
            total += term.value
            for (found, expected) in zip(term.logProbabilityGradients, gradients[place]) {
                #expect(abs(found - expected) < 1e-7, "\(found) is not \(expected)")
            }
        }
        let expected = try #require(fields["loss"]?.double)
        #expect(abs(total - expected) < 1e-9, "\(total) is not \(expected)")
    }

    @Test("counts the tokens that it clips, and rewards entropy where it is asked to")
    func counts() {
        var loss = ClippedLoss()
        loss.entropyWeight = 0.5
        let term = loss.term(
            current: [0, 0, 0], old: [-1, 1, 0], advantages: [1, -1, 1], entropies: [1, 2, 3], share: 0.25)
        #expect(term.clippedHigh == 1 && term.clippedLow == 1)
        #expect(term.entropyGradients == [-0.125, -0.125, -0.125])
    }

    @Test("corrects for a sampler that is not the policy, within bounds")
    func importance() {
        let trained = [-1.0, -1.0]
        let sampled = [-1.5, -3.5]
        #expect(ImportanceCorrection.none.weights(trained: trained, sampled: sampled) == [1, 1])
        let truncated = ImportanceCorrection.tokenTruncated(maximum: 2).weights(trained: trained, sampled: sampled)
        #expect(abs(truncated[0] - 1.648_721_270_7) < 1e-9 && truncated[1] == 2)
        let masked = ImportanceCorrection.sequenceMasked(maximum: 3)
        #expect(masked.weights(trained: trained, sampled: sampled) == [0, 0])
        #expect(masked.weights(trained: trained, sampled: trained) == [1, 1])
    }
}
