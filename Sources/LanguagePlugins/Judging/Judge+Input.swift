import Tasks

extension Judge {
    /// Runs the program on the input that was found, and wants it to do what it did on its own.
    ///
    /// Arguments have to be literals: an expression could print what was shown without the function's help.
    func input(_ task: CodeTask, _ extraction: Extraction, _ onCase: CaseObserver) async throws(PluginError)
        -> Judgement
    {
        guard let truth = task.truth else { throw PluginError(.request, "the task has no truth to compare with") }
        guard let answer = extraction.blocks[AnswerFormat.inputBlock] else { return Judgement(verdict: .noAnswer) }
        guard let input = ProgramInput(answering: task, with: answer) else { return Judgement(verdict: .wrongAnswer) }
        let program = SourceProgram(language: task.language, source: Array(task.program.utf8), files: task.files)
        let request = RunRequest(program: program, input: input, limits: task.limits)
        let outcomes = try await runner.run([request], sharing: runs)
        var judgement = Judgement(outcomes)
        judgement.shown = outcomes.first?.record
        if let shown = judgement.shown {
            judgement.verdict = try await verdict(
                on: shown, truth: truth, input: input, comparator: task.comparator)
        }
        await onCase(0, CaseResult(name: "shown", verdict: judgement.verdict, record: judgement.shown))
        return judgement
    }
}
