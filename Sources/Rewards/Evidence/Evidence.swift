public import Tasks

/// Everything that a reward may look at: the task, what was written, what was found in it, and what executing it told.
public struct Evidence: Sendable {
    /// The task.
    public let task: CodeTask
    /// What the policy wrote.
    public let completion: Completion
    /// The answers found in it.
    public let extraction: Extraction
    /// What executing them told.
    public let judgement: Judgement
    /// What the answer says, or does, when it is held against the truth; nil when there is no answer or no truth.
    let claim: Claim?

    /// Makes evidence.
    public init(task: CodeTask, completion: Completion, extraction: Extraction, judgement: Judgement) {
        self.task = task
        self.completion = completion
        self.extraction = extraction
        self.judgement = judgement
        self.claim =
            switch task.kind {
            case .forward: Claim(predictedIn: extraction, truth: task.truth)
            case .backward, .input: judgement.shown.map { Claim(ranAs: $0) }
            case .repair, .tests, .free: nil
            }
    }

    /// What the program really did, where an answer is held against that.
    ///
    /// The truth of a repair task is what the broken program did: nothing to reach.
    var truth: Truth? {
        switch task.kind {
        case .forward, .backward, .input: task.truth
        case .repair, .tests, .free: nil
        }
    }
}
