import JSON
import TaskGeneration

/// Where the tasks of a run come from: a list that there is, or snippets of which they are made as they are asked for.
protocol TaskFeed: Sendable {
    /// Places that a round goes through.
    var count: Int { get }
    /// What there is to learn from, for the folder of a run.
    var mix: JSONObject { get }

    /// The tasks of some looks; nil where nothing comes of one.
    func tasks(at looks: [TaskLook]) async throws(PipelineError) -> [TrainingTask?]

    /// Makes ready what is likely to be asked for next; what cannot be made now is tried again when it is asked for.
    func prepare(_ looks: [TaskLook]) async
}

extension TaskFeed {
    /// The next looks; every round goes through all places in an order of its own, which the seed and the round decide.
    ///
    /// - Parameter cursor: Looks that were taken before.
    func looks(_ count: Int, from cursor: Int, seed: UInt64, series: TaskLook.Series) -> [TaskLook] {
        var looks: [TaskLook] = []
        while looks.count < count {
            let (round, place) = (cursor + looks.count).quotientAndRemainder(dividingBy: self.count)
            var draws = Draws(seed: seed, epoch: UInt64(round), snippet: 0, index: 0).named("order")
            let order = draws.shuffled(0..<self.count)
            let end = min(self.count, place + count - looks.count)
            looks += order[place..<end].map { TaskLook(place: $0, round: round, series: series) }
        }
        return looks
    }

    /// The next tasks, and the cursor behind them.
    ///
    /// - Throws: `PipelineError` when nothing comes of two rounds, or the sandbox fails.
    func draw(
        _ count: Int, from cursor: Int, seed: UInt64, series: TaskLook.Series
    ) async throws(PipelineError) -> (drawn: [DrawnTask], cursor: Int) {
        var drawn: [DrawnTask] = []
        var next = cursor
        while drawn.count < count {
            let looks = looks(count - drawn.count, from: next, seed: seed, series: series)
            for (look, task) in zip(looks, try await tasks(at: looks)) {
                if let task { drawn.append(DrawnTask(place: look.place, task: task)) }
            }
            next += looks.count
            guard !drawn.isEmpty || next - cursor < 2 * self.count + count else {
                throw FreshTasks.nothingCame
            }
        }
        return (drawn, next)
    }
}
