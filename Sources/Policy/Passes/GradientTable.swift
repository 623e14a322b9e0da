/// The gradient of a loss with respect to the scores of a batch of groups.
struct GradientTable {
    private let gradients: [[TokenGradients]]

    init(_ gradients: [[TokenGradients]]) { self.gradients = gradients }

    /// Computes the gradients of a batch from its scores.
    init(
        _ loss: LossGradient, of batch: TokenBatch, _ groups: [TokenGroup], _ scores: ScoreTable
    ) throws(PolicyError) {
        var gradients = groups.map { group in
            group.completions.map { _ in TokenGradients(logProbabilities: []) }
        }
        for group in Set(batch.scored.map(\.group)).sorted() {
            switch loss {
            case .known(let known): gradients[group] = known[group]
            case .computed(let compute): gradients[group] = compute(group, scores.scores(of: group))
            }
            try Self.check(gradients[group], of: groups[group])
        }
        self.gradients = gradients
    }

    subscript(token: TokenBatch.Scored) -> (logProbability: Float, entropy: Float) {
        let completion = gradients[token.group][token.completion]
        return (
            completion.logProbabilities[token.index],
            completion.entropies.isEmpty ? 0 : completion.entropies[token.index]
        )
    }

    /// Whether a completion teaches anything.
    func teaches(_ group: Int, _ completion: Int) -> Bool { !gradients[group][completion].isZero }

    /// Refuses gradients that do not belong to groups.
    static func check(_ gradients: [TokenGradients], of group: TokenGroup) throws(PolicyError) {
        guard gradients.count == group.completions.count else {
            throw PolicyError("there are gradients for \(gradients.count) of \(group.completions.count) completions")
        }
        for (gradient, completion) in zip(gradients, group.completions) {
            guard gradient.logProbabilities.count == completion.count,
                gradient.entropies.isEmpty || gradient.entropies.count == completion.count
            else {
                throw PolicyError("there are gradients for other than the \(completion.count) tokens of a completion")
            }
        }
    }
}
