import Tasks

extension Judge {
    /// Fills the masked lines and runs the program on the shown input and on the hidden ones.
    ///
    /// What the hidden inputs should give is found by running the program as it was.
    func backward(_ task: CodeTask, _ extraction: Extraction) async throws(PluginError) -> Judgement {
        guard let truth = task.truth else { throw PluginError(.request, "the task has no truth to compare with") }
        let filled: String
        switch LineFilling(task, with: extraction) {
        case .filled(let program): filled = program
        case .missing: return Judgement(verdict: .noAnswer)
        case .notOneLine, .wrongIndentation: return Judgement(verdict: .wrongAnswer)
        }
        let program = SourceProgram(language: task.language, source: Array(filled.utf8), files: task.files)
        let inputs = [task.shownInput] + task.hiddenInputs
        let outcomes = try await runner.run(
            inputs.map { RunRequest(program: program, input: $0, limits: task.limits) })
        var judgement = Judgement(outcomes)
        judgement.shown = outcomes.first?.record
        if let shown = judgement.shown {
            judgement.verdict = try await verdict(
                on: shown, truth: truth, input: task.shownInput, comparator: task.comparator)
        }
        guard !task.hiddenInputs.isEmpty else { return judgement }
        let expected = try await references.truths(of: task, runner: runner)
        for (index, input) in task.hiddenInputs.enumerated() {
            let record = outcomes.dropFirst(index + 1).first?.record
            var verdict = Verdict.compileError
            if let record {
                verdict = try await self.verdict(
                    on: record, truth: expected[index], input: input, comparator: task.comparator)
            }
            judgement.hidden.append(
                CaseResult(name: "hidden \(index + 1)", verdict: verdict, isHidden: true, record: record))
        }
        return judgement
    }

    /// A run is accepted when it does what the truth did: prints the same, and ends well or fails in the same way.
    private func verdict(on record: ExecutionRecord, truth: Truth, input: ProgramInput, comparator: Comparator)
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
