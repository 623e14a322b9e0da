import Tasks

extension RewardComponent {
    static let failureComponents = [
        RewardComponent("outcome", "whether the answer fails exactly when the truth does") {
            guard let truth = $0.truth, let claim = $0.claim, claim.stderr != nil else { return 0 }
            return claim.hasFailed == truth.isFailure ? 1 : 0
        },
        RewardComponent("failure", "how well the error is told: half its type, a quarter each its message and its line")
        {
            FailureMatch($0)?.share(type: 0.5, message: 0.25, line: 0.25) ?? 0
        },
        RewardComponent("failure_type", "whether the type of the error is right") {
            FailureMatch($0)?.share(type: 1, message: 0, line: 0) ?? 0
        },
        RewardComponent("failure_message", "whether the message of the error is right") {
            FailureMatch($0)?.share(type: 0, message: 1, line: 0) ?? 0
        },
        RewardComponent("failure_line", "whether the line of the error is right") {
            FailureMatch($0)?.share(type: 0, message: 0, line: 1) ?? 0
        },
    ]
}
