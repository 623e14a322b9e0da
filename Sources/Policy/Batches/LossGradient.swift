/// Where the gradient of a loss with respect to the scores of tokens comes from.
public enum LossGradient {
    /// It is known before the model is asked, by group and completion: in supervised learning, and on-policy, where every ratio is 1.
    case known([[TokenGradients]])
    /// It is computed from the scores of a group, given its number; the head is then computed twice.
    case computed((_ group: Int, _ scores: [TokenScores]) -> [TokenGradients])
}
