import Tasks

extension Judge {
    /// Runs a program on its tests, several at once.
    func tests(_ task: CodeTask, _ extraction: Extraction, _ onCase: @escaping CaseObserver)
        async throws(PluginError) -> Judgement
    {
        guard let code = extraction.code else { return Judgement(verdict: .noAnswer) }
        guard !task.tests.isEmpty else { throw PluginError(.request, "the task has no tests") }
        let plugin = try runner.registry.availablePlugin(named: task.language)
        let program = program(task, code)
        // Tests that only read and print need none, and hashing what they read would cost more than all else.
        let nonces = task.tests.allSatisfy { $0.kind == .stdin } ? nil : runner.nonces.nonces(for: program)
        let plans = task.tests.map {
            TestPlan($0, of: program, limits: task.limits, plugin: plugin, nonce: nonces?.nonce(for: $0) ?? "")
        }
        let judged = try await runner.run(plans.map(\.request), sharing: runs) {
            index, outcome throws(PluginError) -> (outcome: RunOutcome, result: CaseResult) in
            let result = try await result(of: task.tests[index], plans[index], outcome, task.comparator)
            await onCase(index, result)
            return (outcome, result)
        } until: {
            stopsAtFirstFailure && $0.result.verdict != .accepted
        }
        var judgement = Judgement(judged.map(\.outcome))
        judgement.cases = judged.map(\.result)
        for test in task.tests[judged.count...] {
            // Never run to its end: nothing is known about it.
            judgement.cases.append(CaseResult(name: test.name, verdict: .noAnswer, isHidden: test.isHidden))
        }
        judgement.verdict = judgement.cases.first { $0.verdict != .accepted }?.verdict ?? .accepted
        return judgement
    }

    private func result(of test: TestCase, _ plan: TestPlan, _ outcome: RunOutcome, _ comparator: Comparator)
        async throws(PluginError) -> CaseResult
    {
        var result = CaseResult(name: test.name, verdict: .compileError, isHidden: test.isHidden)
        guard var record = outcome.record else { return result }
        let answer = plan.answer(of: &record)
        result.record = record
        result.verdict = record.verdict
        guard record.verdict == .accepted else { return result }
        switch answer {
        case .unfinished:
            result.verdict = .wrongAnswer
        case .output:
            guard let expected = test.expected else { break }
            let isRight = try await isRight(record, expected: expected, input: test.input, comparator: comparator)
            let isOther = test.alternatives.contains {
                comparator.matches(actual: record.stdoutText, expected: $0) == true
            }
            if !isRight, !isOther { result.verdict = .wrongAnswer }
        case .result(let json):
            guard let expected = test.expected else { break }
            var shown = record
            shown.stdout = Array(json.utf8)
            var isRight = ([expected] + test.alternatives).contains {
                Comparator.json.matches(actual: json, expected: $0) == true
            }
            // Equal values are right however they are compared; a task may be content with less.
            if !isRight, comparator.isLenient {
                isRight = try await self.isRight(
                    shown, expected: expected, input: test.input, comparator: comparator)
            }
            if !isRight { result.verdict = .wrongAnswer }
        }
        return result
    }
}

extension Comparator {
    /// Whether values that differ may still be right.
    fileprivate var isLenient: Bool {
        switch self {
        case .floats, .checker, .unordered: true
        case .exact, .trimmed, .tokens, .json: false
        }
    }
}
