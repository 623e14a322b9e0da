import Tasks

extension Judge {
    /// Fills the masked lines and runs the program on the shown input and on the hidden ones.
    ///
    /// What the hidden inputs should give is found by running the program as it was.
    func backward(_ task: CodeTask, _ extraction: Extraction, _ onCase: @escaping CaseObserver)
        async throws(PluginError) -> Judgement
    {
        guard let truth = task.truth else { throw PluginError(.request, "the task has no truth to compare with") }
        let filled: String
        switch LineFilling(task, with: extraction) {
        case .filled(let program): filled = program
        case .missing: return Judgement(verdict: .noAnswer)
        case .notOneLine, .wrongIndentation: return Judgement(verdict: .wrongAnswer)
        }
        let program = SourceProgram(language: task.language, source: Array(filled.utf8), files: task.files)
        let inputs = [task.shownInput] + task.hiddenInputs
        let requests = inputs.map { RunRequest(program: program, input: $0, limits: task.limits) }
        let judged = try await runner.run(requests, sharing: runs) {
            index, outcome throws(PluginError) -> (outcome: RunOutcome, result: CaseResult) in
            let expected =
                index == 0 ? truth : try await references.truths(of: task, runner: runner)[index - 1]
            var result = CaseResult(
                name: index == 0 ? "shown" : "hidden \(index)", verdict: .compileError, isHidden: index > 0,
                record: outcome.record)
            if let record = outcome.record {
                result.verdict = try await verdict(
                    on: record, truth: expected, input: inputs[index], comparator: task.comparator)
            }
            await onCase(index, result)
            return (outcome, result)
        } until: { _ in
            false
        }
        var judgement = Judgement(judged.map(\.outcome))
        judgement.shown = judged.first?.outcome.record
        judgement.verdict = judged.first?.result.verdict ?? judgement.verdict
        judgement.hidden = judged.dropFirst().map(\.result)
        return judgement
    }

    /// A run is accepted when it does what the truth did: prints the same, and ends well or fails in the same way.
    func verdict(on record: ExecutionRecord, truth: Truth, input: ProgramInput, comparator: Comparator)
        async throws(PluginError) -> Verdict
    {
        switch record.verdict {
        case .accepted where !truth.isFailure: break
        case .runtimeError where truth.isFailure:
            if let type = truth.failure?.type, type != record.failure?.type { return .runtimeError }
        case .accepted: return .wrongAnswer
        default: return record.verdict
        }
        return try await isRight(record, expected: truth.stdout, input: input, comparator: comparator)
            ? .accepted : .wrongAnswer
    }
}
