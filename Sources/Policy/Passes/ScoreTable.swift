/// Scores of a batch of groups, written by many threads, each its own tokens.
final class ScoreTable: @unchecked Sendable {
    // SAFETY: every token is scored by one thread, and a barrier comes before anybody reads.

    private let places: [[Range<Int>]]
    private let values: FloatBuffer

    init(_ groups: [TokenGroup]) {
        var count = 0
        places = groups.map { group in
            group.completions.map { completion in
                defer { count += completion.count }
                return count..<count + completion.count
            }
        }
        values = FloatBuffer(count: 2 * count)
    }

    func set(_ token: TokenBatch.Scored, _ logProbability: Float, _ entropy: Float) {
        let place = 2 * (places[token.group][token.completion].lowerBound + token.index)
        values.start[place] = logProbability
        values.start[place + 1] = entropy
    }

    /// The scores of a group.
    func scores(of group: Int) -> [TokenScores] {
        places[group].map { range in
            TokenScores(
                logProbabilities: range.map { values.start[2 * $0] }, entropies: range.map { values.start[2 * $0 + 1] })
        }
    }

    /// The scores by group and completion; those of completions that were left out are empty.
    func results(
        of groups: [TokenGroup], includes: (Int, Int) -> Bool = { _, _ in true }
    ) throws(PolicyError) -> [[TokenScores]] {
        guard values.all.allSatisfy({ $0.isFinite }) else { throw PolicyError("the model's logits are not finite") }
        return groups.indices.map { group in
            scores(of: group).enumerated().map { completion, scores in
                includes(group, completion) ? scores : TokenScores(logProbabilities: [], entropies: [])
            }
        }
    }
}
