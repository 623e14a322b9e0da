import Policy
import Tasks

/// What a model wrote for a task and what that earned.
struct ScoredRollout: Sendable {
    /// The tokens with their log-probabilities.
    let completion: SampledCompletion
    /// The text, without the tokens that steer the model.
    let text: String
    /// What it earned.
    var score: ScoreLine
    /// Whether it did all that was asked.
    let passed: Bool
}
