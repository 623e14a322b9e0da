import JSON
import Tasks
import Tokenization

/// Answers of a server that speaks the chat completions of OpenAI, such as vLLM's and llama.cpp's.
struct EndpointAnswers: AnswerSource {
    let address: EndpointAddress
    let modelName: String?
    let token: String?
    let sampling: EvaluationRun.Sampling
    /// Requests that are under way at once.
    let width: Int

    func answer(
        _ rows: [TaskRow], count: Int, answered: @escaping @Sendable (Int, Int, String, Int) -> Void
    ) async throws(PipelineError) {
        let total = rows.count * count
        let failure = await withTaskGroup(of: PipelineError?.self) { group -> PipelineError? in
            for worker in 0..<min(width, total) {
                group.addTask {
                    let client = EndpointClient(address, token: token)
                    for number in stride(from: worker, to: total, by: min(width, total)) {
                        let (place, sample) = number.quotientAndRemainder(dividingBy: count)
                        do throws(PipelineError) {
                            let answer = try await client.answer(body(rows[place], sample: sample))
                            answered(place, sample, answer.text, answer.tokens)
                        } catch {
                            return error
                        }
                    }
                    return nil
                }
            }
            for await failure in group {
                guard let failure else { continue }
                group.cancelAll()
                return failure
            }
            return nil
        }
        if let failure { throw failure }
    }

    private func body(_ row: TaskRow, sample: Int) -> JSONObject {
        var body: JSONObject = [
            "messages": .array(
                row.messages.map { ["role": .string($0.role), "content": .string($0.content)] }),
            "temperature": .number(sampling.temperature), "top_p": .number(sampling.topP),
            "max_tokens": .integer(Int64(sampling.maximumTokens)),
            "seed": .integer(Int64(truncatingIfNeeded: sampling.seed &+ UInt64(sample)) & 0x7FFF_FFFF),
        ]
        if let modelName { body["model"] = .string(modelName) }
        return body
    }
}
