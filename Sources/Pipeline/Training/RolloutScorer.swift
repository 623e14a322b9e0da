import Policy
import Tasks
import Tokenization

/// Scores completions as they end, while others are still being written.
struct RolloutScorer: Sendable {
    /// A completion with its task's place and its own among those of the task.
    struct Item: Sendable {
        let prompt: Int
        let place: Int
        let completion: SampledCompletion
    }

    let pipeline: RewardPipeline
    let tokenizer: Tokenizer

    /// Scores what comes, in whatever order, and puts it into its place.
    ///
    /// - Parameters:
    ///   - tasks: The tasks by their places.
    ///   - count: Completions of each.
    @concurrent func scores(_ items: AsyncStream<Item>, of tasks: [CodeTask], count: Int) async
        -> Result<[[ScoredRollout]], PipelineError>
    {
        var rows = [[ScoredRollout?]](repeating: [ScoredRollout?](repeating: nil, count: count), count: tasks.count)
        var failure: PipelineError?
        await withTaskGroup(of: (Item, Result<ScoredRollout, PipelineError>).self) { group in
            for await item in items {
                let task = tasks[item.prompt]
                group.addTask { (item, await score(item, task)) }
            }
            for await (item, result) in group {
                switch result {
                case .success(let rollout): rows[item.prompt][item.place] = rollout
                case .failure(let error): failure = failure ?? error
                }
            }
        }
        if let failure { return .failure(failure) }
        return .success(rows.map { $0.compactMap { $0 } })
    }

    private func score(_ item: Item, _ task: CodeTask) async -> Result<ScoredRollout, PipelineError> {
        let text = tokenizer.text(item.completion.tokens)
        let rollout = Rollout(
            id: "\(task.id)/\(item.place)", task: task,
            completion: Completion(text: text, tokenCount: item.completion.tokens.count))
        do throws(PipelineError) {
            var score = try await pipeline.score(rollout)
            // A failure of ours is worth a second try before the rollout is left out.
            if score.reward == nil { score = try await pipeline.score(rollout) }
            return .success(
                ScoredRollout(
                    completion: item.completion, text: text, score: score, passed: score.solves(task)))
        } catch {
            return .failure(error)
        }
    }
}
