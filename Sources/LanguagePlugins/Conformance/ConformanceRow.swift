public import Tasks

/// What came of one check of one language.
public struct ConformanceRow: Sendable, Hashable {
    /// How it ended.
    public enum State: String, Sendable, Hashable {
        case passed
        case failed
        case notApplicable = "not_applicable"
    }

    /// The check, or the example's file where its name is a verdict.
    public var name: String
    /// How it ended.
    public var state: State
    /// The verdict that its program got; nil when none was run.
    public var verdict: Verdict?
    /// How long its program ran, by the clock; nil when none was run.
    public var wallTime: Duration?
    /// Why it does not apply, or what differs; empty when it passed.
    public var detail: String
    /// What the author of the plugin can change; empty when there is nothing to say.
    public var advice: String

    init(
        _ name: String, _ state: State, verdict: Verdict? = nil, wallTime: Duration? = nil, detail: String = "",
        advice: String = ""
    ) {
        self.name = name
        self.state = state
        self.verdict = verdict
        self.wallTime = wallTime
        self.detail = detail
        self.advice = advice
    }
}
