/// What a completion loses that comes close to the greatest length, or is cut off there.
///
/// Nothing up to `limit - buffer` tokens, from there in a line down to `-penalty` at the limit.
/// Reference: DAPO (arXiv:2503.14476), section 3.4.
public struct OverlongShaping: Sendable, Hashable {
    /// The greatest length, in tokens.
    public var limit: Int
    /// How far before it the loss begins, in tokens.
    public var buffer: Int
    /// The loss at the limit.
    public var penalty: Double

    /// Makes a rule.
    public init(limit: Int, buffer: Int, penalty: Double = 1) {
        precondition(buffer > 0 && buffer <= limit, "a buffer of \(buffer) tokens before \(limit)")
        self.limit = limit
        self.buffer = buffer
        self.penalty = penalty
    }

    /// What is added to the score of a completion, never above 0.
    public func reward(length: Int) -> Double {
        let over = Double(length - (limit - buffer)) / Double(buffer)
        return -penalty * min(1, max(0, over))
    }
}
