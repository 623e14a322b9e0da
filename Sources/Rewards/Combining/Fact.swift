import Tasks

/// A yes or no about a rollout that a gate may ask for; it is no reward and is not printed.
enum Fact: String, Sendable, CaseIterable {
    /// The true program fails.
    case truthFailed = "truth_failed"
    /// The answer says that the program fails, or fails when it runs.
    case answerFailed = "answer_failed"
    /// The true program prints nothing to stdout.
    case truthStdoutBlank = "truth_stdout_blank"
    /// The answer says, or shows, that nothing is printed to stdout.
    case answerStdoutBlank = "answer_stdout_blank"

    /// Whether it holds.
    func holds(_ evidence: Evidence) -> Bool {
        switch self {
        case .truthFailed: evidence.truth?.isFailure ?? false
        case .answerFailed: evidence.claim?.hasFailed ?? false
        case .truthStdoutBlank: evidence.truth?.stdout.isBlank ?? false
        case .answerStdoutBlank: evidence.claim?.stdout?.isBlank ?? false
        }
    }
}
