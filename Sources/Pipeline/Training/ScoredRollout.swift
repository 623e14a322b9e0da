import Policy
import Tasks

/// What a model wrote for a task and what that earned.
struct ScoredRollout: Sendable {
    /// The tokens with their log-probabilities.
    let completion: SampledCompletion
    /// The text, without the tokens that steer the model.
    let text: String
    /// What it earned.
    let score: ScoreLine

    /// Whether it did all that was asked.
    var passed: Bool { score.verdict == .accepted }
}
