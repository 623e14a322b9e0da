import Tasks

extension RewardComponent {
    static let executionComponents = [
        RewardComponent("compile", "whether the answer compiles (an answer that ran has)") {
            if let compile = $0.judgement.compile { return compile.verdict == .accepted ? 1 : 0 }
            guard $0.task.kind != .forward else { return 0 }
            switch $0.judgement.verdict {
            case .noAnswer, .compileError, .internalError: return 0
            default: return 1
            }
        },
        RewardComponent("runs", "whether the answer ran and the verdict on it is accepted") {
            $0.judgement.verdict == .accepted ? 1 : 0
        },
        RewardComponent("tests", "share of the tests that pass; a test that was not run did not pass") {
            passRate($0.judgement.cases, of: $0.task.tests.count)
        },
        RewardComponent("all_passed", "whether every test passes") {
            passRate($0.judgement.cases, of: $0.task.tests.count) == 1 ? 1 : 0
        },
        RewardComponent("hidden", "share of the hidden inputs on which the filled program does what the true one does")
        {
            passRate($0.judgement.hidden, of: $0.task.hiddenInputs.count)
        },
        RewardComponent("backward", "whether the filled lines keep the rules and the truth, shown and hidden") {
            isFilledRight($0) ? 1 : 0
        },
    ]

    private static func passRate(_ cases: [CaseResult], of count: Int) -> Double {
        guard count > 0 else { return 0 }
        return Double(cases.count { $0.verdict == .accepted }) / Double(max(count, cases.count))
    }

    /// All or nothing: printing the shown output and leaving is right on the shown input, and must earn nothing.
    private static func isFilledRight(_ evidence: Evidence) -> Bool {
        guard evidence.task.kind == .backward, let truth = evidence.truth, let claim = evidence.claim,
            LineFilling(evidence.task, with: evidence.extraction).program != nil, let stdout = claim.stdout,
            // Where a checker decides, it has decided when the answer was judged.
            evidence.task.comparator.matches(actual: stdout, expected: truth.stdout)
                ?? (evidence.judgement.verdict == .accepted),
            claim.hasFailed == truth.isFailure,
            FailureMatch(evidence)?.share(type: 0.5, message: 0.25, line: 0.25) == 1
        else { return false }
        let hidden = evidence.task.hiddenInputs.count
        return hidden == 0 || passRate(evidence.judgement.hidden, of: hidden) == 1
    }
}
