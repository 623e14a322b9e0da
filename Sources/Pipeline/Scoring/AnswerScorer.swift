import Tasks

/// Scores answers as they come, while others are still being written, in whatever order they do.
struct AnswerScorer<Answer: Sendable>: Sendable {
    /// An answer with its task's place and its own among those of the task.
    struct Item: Sendable {
        let place: Int
        let number: Int
        let answer: Answer
    }

    let pipeline: RewardPipeline
    /// What an answer says, and in how many tokens.
    let completion: @Sendable (Answer) -> Completion

    /// Scores what comes and puts it into its place.
    ///
    /// - Parameters:
    ///   - tasks: The tasks by their places.
    ///   - count: Answers to each.
    @concurrent func scores(_ items: AsyncStream<Item>, of tasks: [CodeTask], count: Int) async
        -> Result<[[ScoredAnswer<Answer>]], PipelineError>
    {
        var rows = [[ScoredAnswer<Answer>?]](
            repeating: [ScoredAnswer<Answer>?](repeating: nil, count: count), count: tasks.count)
        var failure: PipelineError?
        await withTaskGroup(of: (Item, Result<ScoredAnswer<Answer>, PipelineError>).self) { group in
            for await item in items {
                let task = tasks[item.place]
                group.addTask { (item, await score(item, task)) }
            }
            for await (item, result) in group {
                switch result {
                case .success(let answer): rows[item.place][item.number] = answer
                case .failure(let error): failure = failure ?? error
                }
            }
        }
        if let failure { return .failure(failure) }
        return .success(rows.map { $0.compactMap { $0 } })
    }

    private func score(_ item: Item, _ task: CodeTask) async -> Result<ScoredAnswer<Answer>, PipelineError> {
        let completion = completion(item.answer)
        let rollout = Rollout(id: "\(task.id)/\(item.number)", task: task, completion: completion)
        do throws(PipelineError) {
            var score = try await pipeline.score(rollout)
            // A failure of ours is worth a second try before the answer is left out.
            if score.reward == nil { score = try await pipeline.score(rollout) }
            return .success(
                ScoredAnswer(answer: item.answer, text: completion.text, score: score, passed: score.solves(task)))
        } catch {
            return .failure(error)
        }
    }
}

/// An answer with what it earned.
struct ScoredAnswer<Answer: Sendable>: Sendable {
    /// The answer as it came.
    let answer: Answer
    /// What it says.
    let text: String
    /// What it earned.
    var score: ScoreLine
    /// Whether it did all that was asked.
    let passed: Bool
}
