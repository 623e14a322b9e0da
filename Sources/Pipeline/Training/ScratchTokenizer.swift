import Tasks
import Tokenization

/// The tokenizer of a model that is made from nothing: pairs learnt from the tasks, marks of answers in one token each.
enum ScratchTokenizer {
    /// Learns from tasks and their answers.
    ///
    /// - Parameter size: The most tokens.
    static func description(_ rows: [TaskRow], style: TrainingConfiguration.PromptStyle, size: Int)
        -> TokenizerDescription
    {
        var trainer = PairTrainer(family: .smollm, specials: specials)
        for row in rows {
            trainer.add(ChatTemplate.chatML.text(PromptWriter.messages(row, style)))
            if let answer = TruthAnswer.text(row.task) { trainer.add(answer) }
        }
        return trainer.description(size: size)
    }

    private static let specials: [(text: String, isControl: Bool)] =
        [("<|endoftext|>", true), ("<|im_start|>", true), ("<|im_end|>", true)]
        + ([AnswerFormat.stdoutBlock, AnswerFormat.stderrBlock, AnswerFormat.inputBlock]
        + (0..<2).map(AnswerFormat.maskedLineBlock)).map { ("```\($0)\n", false) }
        + [("```\n", false), ("```", false)]
}
