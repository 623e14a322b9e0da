import Policy
import TaskGeneration
import Tasks
import Tokenization

/// Answers of a model on this machine.
actor LocalAnswers: AnswerSource {
    private let model: LanguageModel
    private let policy: PolicyModel
    private let style: TrainingConfiguration.PromptStyle
    private let sampling: EvaluationRun.Sampling
    private let executor = ThreadExecutor(name: "answers")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ model: LanguageModel, style: TrainingConfiguration.PromptStyle, sampling: EvaluationRun.Sampling)
        throws(PipelineError)
    {
        self.model = model
        self.style = style
        self.sampling = sampling
        do throws(PolicyError) {
            policy = try PolicyModel(
                model.configuration, parameters: model.parameters, threads: Processors.count)
        } catch {
            throw PipelineError(error)
        }
    }

    func answer(
        _ rows: [TaskRow], count: Int, answered: @escaping @Sendable (Int, Int, String, Int) -> Void
    ) async throws(PipelineError) {
        let writer = PromptWriter(model: model, style: style)
        let room = model.configuration.contextLength - sampling.maximumTokens
        // A part at a time, so that answers are scored while others are written, and progress is seen.
        for start in stride(from: 0, to: rows.count, by: 64) {
            var prompts: [SamplingPrompt] = []
            var places: [Int] = []
            for place in start..<min(rows.count, start + 64) {
                let task = try writer.task(rows[place])
                guard task.prompt.count <= room else {
                    // What does not fit cannot be answered, which is the model's fault.
                    for number in 0..<count { answered(place, number, "", 0) }
                    continue
                }
                places.append(place)
                prompts.append(
                    SamplingPrompt(
                        tokens: task.prompt, completions: count, seed: Fingerprint.mix(sampling.seed, UInt64(place))))
            }
            let tokenizer = model.tokenizer
            let settings = SamplingParameters(
                temperature: Float(sampling.temperature), topP: Float(sampling.topP),
                maximumTokens: sampling.maximumTokens, stopTokens: Set(model.ends))
            try PipelineError.during { () throws(PolicyError) in
                _ = try policy.sample(prompts, settings) { prompt, number, completion in
                    answered(places[prompt], number, tokenizer.text(completion.tokens), completion.tokens.count)
                    return true
                }
            }
        }
    }
}
