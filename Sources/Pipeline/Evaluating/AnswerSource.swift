import Tasks

/// Something that answers tasks.
protocol AnswerSource: Sendable {
    /// Answers, as many to each task, handed over as they come.
    ///
    /// - Parameter answered: Called with the place of the task, the number of the answer and its text.
    func answer(
        _ rows: [TaskRow], count: Int, answered: @escaping @Sendable (Int, Int, String, Int) -> Void
    ) async throws(PipelineError)
}
