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
        let left = stdout.utf8
        let right = truth.utf8
        return left.elementsEqual(right) || isNewlineMore(left, than: right) || isNewlineMore(right, than: left)
    }

    /// Whether the longer text is the shorter one with a line feed before or behind it.
    private static func isNewlineMore(_ longer: String.UTF8View, than shorter: String.UTF8View) -> Bool {
        guard longer.count == shorter.count + 1 else { return false }
        return (longer.first == 0x0A && longer.dropFirst().elementsEqual(shorter))
            || (longer.last == 0x0A && longer.dropLast().elementsEqual(shorter))
    }
}
