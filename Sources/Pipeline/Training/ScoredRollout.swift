import Policy

/// What a model wrote for a task and what that earned.
typealias ScoredRollout = ScoredAnswer<SampledCompletion>

extension ScoredRollout {
    /// The tokens with their log-probabilities.
    var completion: SampledCompletion { answer }
}
