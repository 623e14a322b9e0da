/// Everything that executing an answer told us; the only thing rewards know about execution.
public struct Judgement: Sendable, Hashable {
    /// The verdict on the whole.
    public var verdict: Verdict
    /// The compilation, when there was one.
    public var compile: CompileRecord?
    /// The test cases in the task's order.
    public var cases: [CaseResult]
    /// For backward tasks, the run on the input that the prompt showed.
    public var shown: ExecutionRecord?
    /// For backward tasks, the runs on the inputs that the prompt did not show.
    public var hidden: [CaseResult]
    /// Time spent executing.
    public var executionTime: Duration
    /// Time spent waiting for a place to execute in.
    public var queueTime: Duration
    /// Why there is no verdict, when we failed.
    public var infraReason: String?

    /// Makes a judgement.
    public init(
        verdict: Verdict, compile: CompileRecord? = nil, cases: [CaseResult] = [], shown: ExecutionRecord? = nil,
        hidden: [CaseResult] = [], executionTime: Duration = .zero, queueTime: Duration = .zero,
        infraReason: String? = nil
    ) {
        self.verdict = verdict
        self.compile = compile
        self.cases = cases
        self.shown = shown
        self.hidden = hidden
        self.executionTime = executionTime
        self.queueTime = queueTime
        self.infraReason = infraReason
    }
}
