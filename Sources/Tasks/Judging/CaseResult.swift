/// The verdict on one test case or one hidden input.
public struct CaseResult: Sendable, Hashable {
    /// The case's name.
    public var name: String
    /// What judging concluded.
    public var verdict: Verdict
    /// Whether the case was kept from the policy.
    public var isHidden: Bool
    /// The run behind the verdict; nil when it was never started.
    public var record: ExecutionRecord?

    /// Makes a result.
    public init(name: String, verdict: Verdict, isHidden: Bool = false, record: ExecutionRecord? = nil) {
        self.name = name
        self.verdict = verdict
        self.isHidden = isHidden
        self.record = record
    }
}
