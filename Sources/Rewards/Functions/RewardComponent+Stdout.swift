import Tasks

extension RewardComponent {
    static let stdoutComponents = [
        RewardComponent("stdout", "whether stdout is right by the task's comparator, after the one normaliser") {
            guard let truth = $0.truth, let stdout = $0.claim?.stdout else { return 0 }
            return $0.task.comparator.matchesPrediction(stdout, expected: truth.stdout) ? 1 : 0
        },
        RewardComponent("stdout_exact", "whether stdout is right but for one newline at one end") {
            guard let truth = $0.truth, let stdout = $0.claim?.stdout else { return 0 }
            return areEqualButForOneNewline(stdout, truth.stdout) ? 1 : 0
        },
        RewardComponent("stdout_similarity", "share of the lines of stdout that are right and in order") {
            guard let truth = $0.truth, let stdout = $0.claim?.stdout else { return 0 }
            return LineSimilarity.ratio(Normaliser.normalise(stdout), Normaliser.normalise(truth.stdout))
        },
        RewardComponent("stderr", "lines that predicted and true stderr share, of the lines of both (Jaccard)") {
            guard let truth = $0.truth, let stderr = $0.claim?.stderr else { return 0 }
            return LineSimilarity.jaccard(stderr, truth.stderr)
        },
    ]

    private static func areEqualButForOneNewline(_ stdout: String, _ truth: String) -> Bool {
        let left = Array(stdout.utf8)
        let right = Array(truth.utf8)
        return left == right || left + [0x0A] == right || [0x0A] + left == right || left == right + [0x0A]
            || left == [0x0A] + right
    }
}
