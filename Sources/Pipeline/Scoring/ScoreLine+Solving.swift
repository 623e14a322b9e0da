import Tasks

extension ScoreLine {
    /// Whether an answer did all that the task asks.
    ///
    /// The verdict on a prediction is about standard output alone. Of a program that fails before it prints anything, nothing
    /// would be a right prediction; so where the reward looks at the error, that has to be right as well.
    func solves(_ task: CodeTask) -> Bool {
        guard verdict == .accepted else { return false }
        guard task.kind == .forward, task.truth?.isFailure == true,
            let failure = components.first(where: { $0.name == "failure" })
        else { return true }
        return failure.value >= 1
    }
}
