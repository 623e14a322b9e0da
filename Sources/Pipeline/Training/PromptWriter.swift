import Tasks
import Tokenization

/// Makes tokens of tasks and of their answers, as a model wants them.
struct PromptWriter: Sendable {
    let model: LanguageModel
    let style: TrainingConfiguration.PromptStyle

    /// A task as the model sees it.
    ///
    /// - Throws: `PipelineError` when the tokenizer lacks what a conversation is written with.
    func task(_ row: TaskRow) throws(PipelineError) -> TrainingTask {
        let answer = TruthAnswer.text(row.task).map { text in
            model.tokenizer.encode(text, readsControls: false) + [model.ends[0]]
        }
        do throws(TokenizerError) {
            return TrainingTask(
                task: row.task, prompt: try model.template.tokens(Self.messages(row, style), model.tokenizer),
                answer: answer)
        } catch {
            throw PipelineError(error)
        }
    }

    /// The conversation that puts a task.
    static func messages(_ row: TaskRow, _ style: TrainingConfiguration.PromptStyle) -> [ChatMessage] {
        switch style {
        case .compact: return [ChatMessage(role: "user", content: CompactPrompt.text(row.task))]
        case .full:
            let messages = row.messages.map { ChatMessage(role: $0.role, content: $0.content) }
            // Without a message of its own a template would put in the one of its model, which is longer.
            if messages.first?.role == "system" { return messages }
            return [ChatMessage(role: "system", content: ChatTemplate.shortSystem)] + messages
        }
    }
}
