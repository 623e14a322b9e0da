import Policy

/// Which tasks a model has room for.
struct TaskFit: Sendable {
    let promptLimit: Int
    let completionLimit: Int
    let contextLength: Int

    init(_ configuration: TrainingConfiguration, _ model: ModelConfiguration) {
        promptLimit = configuration.promptLimit
        completionLimit = configuration.completionLimit
        contextLength = model.contextLength
    }

    /// Whether the prompt is no longer than allowed, and the answer that is known as well.
    func allows(_ task: TrainingTask) -> Bool {
        task.prompt.count <= promptLimit && task.prompt.count + completionLimit <= contextLength
            && (task.answer?.count ?? 0) <= completionLimit
    }
}
