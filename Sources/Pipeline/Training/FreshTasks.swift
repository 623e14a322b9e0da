import JSON
import TaskGeneration
import Tasks

/// Tasks that are made of snippets as a run asks for them, at every look another one.
///
/// What a look gives is a function of the seed, the round and the snippet, so that a run which goes on needs to know
/// no more than how many looks it took.
actor FreshTasks: TaskFeed {
    /// What there is to say when all snippets were looked at in vain.
    static let nothingCame = PipelineError(
        .user, "no task comes of the snippets",
        hint: "'retort generate --summary' says why; or they are longer than max_prompt_length")

    nonisolated let count: Int
    nonisolated let mix: JSONObject
    private let snippets: [Snippet]
    private let rounds: SnippetRounds
    private let writer: PromptWriter
    private let fit: TaskFit
    /// Prompts of tasks that are kept from learning.
    private let barred: Set<[Int32]>
    /// What was made and not yet asked for.
    private var ready: [TaskLook: TrainingTask?] = [:]

    init(_ snippets: [Snippet], rounds: SnippetRounds, writer: PromptWriter, fit: TaskFit, barred: Set<[Int32]>) {
        self.snippets = snippets
        self.rounds = rounds
        self.writer = writer
        self.fit = fit
        self.barred = barred
        count = snippets.count
        var languages: [String: Int64] = [:]
        for snippet in snippets { languages[snippet.language, default: 0] += 1 }
        mix = [
            "snippets": .integer(Int64(snippets.count)),
            "languages": .object(
                JSONObject(languages.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
        ]
    }

    func tasks(at looks: [TaskLook]) async throws(PipelineError) -> [TrainingTask?] {
        try await make(looks)
        return looks.map { ready.removeValue(forKey: $0) ?? nil }
    }

    func prepare(_ looks: [TaskLook]) async { try? await make(looks) }

    private func make(_ looks: [TaskLook]) async throws(PipelineError) {
        let missing = looks.filter { ready.index(forKey: $0) == nil }
        let rows = try await rounds.rows(missing.map { (snippets[$0.place], $0.epoch) })
        for (look, row) in zip(missing, rows) { ready[look] = .some(try row.flatMap(task)) }
    }

    /// The task that a row is to a model, when there is room for it and nobody keeps it from learning.
    private func task(_ row: TaskRow) throws(PipelineError) -> TrainingTask? {
        let task = try writer.task(row)
        return fit.allows(task) && !barred.contains(task.prompt) ? task : nil
    }
}
