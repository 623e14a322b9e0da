import JSON
import TaskGeneration
import Tasks

/// The tasks of a run: those that are learnt from and those that are kept from learning.
struct TaskPool: TaskFeed {
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
        let fit = TaskFit(configuration, model.configuration)
        var training: [TrainingTask] = []
        var heldOut: [TrainingTask] = []
        var tooLong = 0
        for row in rows {
            let task = try writer.task(row)
            guard fit.allows(task) else {
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

    var count: Int { training.count }

    var mix: JSONObject { Self.mix(training) }

    func tasks(at looks: [TaskLook]) -> [TrainingTask?] { looks.map { training[$0.place] } }

    func prepare(_ looks: [TaskLook]) {}

    /// How many tasks there are of each kind and language.
    static func mix(_ tasks: [TrainingTask]) -> JSONObject {
        var kinds: [String: Int64] = [:]
        var languages: [String: Int64] = [:]
        var failures: Int64 = 0
        for task in tasks {
            kinds[task.task.kind.rawValue, default: 0] += 1
            languages[task.task.language, default: 0] += 1
            if task.task.truth?.isFailure == true { failures += 1 }
        }
        func table(_ counts: [String: Int64]) -> JSONValue {
            .object(JSONObject(counts.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }))
        }
        return [
            "tasks": .integer(Int64(tasks.count)), "kinds": table(kinds), "languages": table(languages),
            "failing": .integer(failures),
        ]
    }
}
