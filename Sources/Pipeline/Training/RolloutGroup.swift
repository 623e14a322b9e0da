import Policy

/// The rollouts of one task in one step.
struct RolloutGroup: Sendable {
    /// The task's place among those that are learnt from.
    let place: Int
    /// The task.
    let task: TrainingTask
    /// What was written for it.
    let rollouts: [ScoredRollout]

    /// Whether all scores are the same, so that comparing them teaches nothing.
    var isDull: Bool { RewardGroup(rewards: rollouts.map(\.score.reward), lengths: lengths).hasZeroVariance }

    /// Tokens of each rollout.
    var lengths: [Int] { rollouts.map(\.completion.tokens.count) }

    /// The rollouts as the policy takes them.
    var tokens: TokenGroup {
        TokenGroup(prompt: task.prompt, completions: rollouts.map(\.completion.tokens))
    }
}
