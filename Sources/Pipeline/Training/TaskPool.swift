import Policy
import TaskGeneration
import Tasks
import Tokenization

/// The tasks of a run: those that are learnt from and those that are kept from learning.
struct TaskPool: Sendable {
    /// The tasks that are learnt from.
    let training: [TrainingTask]
    /// The tasks that only evaluations see.
    let heldOut: [TrainingTask]
    /// Tasks whose prompt is longer than allowed, or whose known answer is.
    let tooLong: Int

    /// Deals rows into parts and makes tokens of them.
    ///
    /// A row that names a part other than `train` is held out. Where none does, a share of the snippets is, and all
    /// tasks of a snippet with it.
    ///
    /// - Throws: `PipelineError` when nothing is left on one of the sides.
    init(_ rows: [TaskRow], model: LanguageModel, configuration: TrainingConfiguration) throws(PipelineError) {
        let isLearntFrom = Self.division(rows, configuration)
        let writer = PromptWriter(model: model, style: configuration.promptStyle)
        var training: [TrainingTask] = []
        var heldOut: [TrainingTask] = []
        var tooLong = 0
        for row in rows {
            let task = try writer.task(row)
            guard task.prompt.count <= configuration.promptLimit,
                task.prompt.count + configuration.completionLimit <= model.configuration.contextLength,
                (task.answer?.count ?? 0) <= configuration.completionLimit
            else {
                tooLong += 1
                continue
            }
            if isLearntFrom(row) { training.append(task) } else { heldOut.append(task) }
        }
        // A task that two snippets give in the same words must not be known from learning.
        let known = Set(training.map(\.prompt))
        heldOut.removeAll { known.contains($0.prompt) }
        guard !training.isEmpty, !heldOut.isEmpty else {
            throw PipelineError(
                .user,
                "of \(rows.count) tasks \(training.count) are left to learn from and \(heldOut.count) to check with",
                hint: tooLong > 0
                    ? "\(tooLong) are longer than max_prompt_length or max_completion_length"
                    : "set held_out_share, or write the tasks with --splits train=90,test=10")
        }
        self.training = training
        self.heldOut = heldOut
        self.tooLong = tooLong
    }

    /// The rows that are learnt from.
    static func trainingRows(_ rows: [TaskRow], _ configuration: TrainingConfiguration) -> [TaskRow] {
        rows.filter(division(rows, configuration))
    }

    /// Tells the rows that are learnt from.
    private static func division(_ rows: [TaskRow], _ configuration: TrainingConfiguration) -> (TaskRow) -> Bool {
        if rows.contains(where: { !$0.split.isEmpty && $0.split != "train" }) {
            return { $0.split.isEmpty || $0.split == "train" }
        }
        let splits = Splits([.init("train", 1 - configuration.heldOutShare), .init("test", configuration.heldOutShare)])
        return { splits.part(of: $0.origin, seed: configuration.seed) == "train" }
    }

    /// The tasks of one step.
    ///
    /// Every round goes through all of them in an order of its own, which the seed and the round decide.
    ///
    /// - Parameter cursor: Tasks that were drawn before.
    func draw(_ count: Int, from cursor: Int, seed: UInt64) -> [Int] {
        var drawn: [Int] = []
        var cursor = cursor
        while drawn.count < count {
            let (round, place) = cursor.quotientAndRemainder(dividingBy: training.count)
            let order = Self.order(training.count, round: round, seed: seed)
            let end = min(training.count, place + count - drawn.count)
            drawn += order[place..<end]
            cursor += end - place
        }
        return drawn
    }

    private static func order(_ count: Int, round: Int, seed: UInt64) -> [Int] {
        var draws = Draws(seed: seed, epoch: UInt64(round), snippet: 0, index: 0).named("order")
        return draws.shuffled(0..<count)
    }
}
