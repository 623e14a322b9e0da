/// How the losses of tokens become one number.
public enum LossAggregation: Sendable, Hashable {
    /// The mean over the tokens of a completion, then over completions (GRPO).
    case sequenceMean
    /// The sum over all tokens, over the count of tokens of the batch (DAPO).
    case tokenMean
    /// The sum over all tokens, over completions times a fixed length (Dr. GRPO).
    case constant(length: Int)

    /// What the loss of a token counts.
    ///
    /// - Parameters:
    ///   - length: Tokens of its completion.
    ///   - completions: Completions of the batch.
    ///   - tokens: Tokens of all completions of the batch.
    public func weight(length: Int, completions: Int, tokens: Int) -> Double {
        switch self {
        case .sequenceMean: 1 / (Double(max(1, completions)) * Double(max(1, length)))
        case .tokenMean: 1 / Double(max(1, tokens))
        case .constant(let limit): 1 / (Double(max(1, completions)) * Double(max(1, limit)))
        }
    }
}
