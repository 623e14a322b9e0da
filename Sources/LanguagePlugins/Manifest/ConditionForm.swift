/// How a language tests a condition, and how it tests the opposite.
public struct ConditionForm: Sendable, Hashable {
    /// What stands before the condition.
    public var before: String
    /// What stands behind it.
    public var after: String
    /// What stands before it when it is negated.
    public var negatedBefore: String
    /// What stands behind it when it is negated.
    public var negatedAfter: String
}
