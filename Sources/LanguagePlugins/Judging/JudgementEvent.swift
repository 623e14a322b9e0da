public import Tasks

/// One thing that becomes known while an answer is judged.
public enum JudgementEvent: Sendable, Hashable {
    /// A verdict on one input; its place is that which `Judge.CaseObserver` is told.
    case verdict(index: Int, CaseResult)
    /// The judgement on the whole; the last event.
    case finished(Judgement)
}

extension Judge {
    /// Judges one answer and tells of each verdict as soon as it is there.
    ///
    /// Who stops listening stops the judging: what runs is killed.
    /// - Returns: The verdicts in the order in which they come, and the judgement at the end.
    public func verdicts(of task: CodeTask, _ extraction: Extraction) -> AsyncStream<JudgementEvent> {
        AsyncStream { continuation in
            let work = Task {
                let judgement = await judge(task, extraction) { index, result in
                    continuation.yield(.verdict(index: index, result))
                }
                continuation.yield(.finished(judgement))
                continuation.finish()
            }
            continuation.onTermination = { _ in work.cancel() }
        }
    }
}
