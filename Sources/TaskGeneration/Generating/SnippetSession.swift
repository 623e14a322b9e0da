import LanguagePlugins
import Tasks

/// The making of all tasks of one snippet; it remembers what was executed, so that no truth is looked for twice.
struct SnippetSession: Sendable {
    struct Execution: Hashable {
        var code: String
        var input: ProgramInput
    }

    /// What was seen of an execution.
    struct Look {
        var observation: ProgramObservation
        /// Whether it was seen among others, which is not enough for a truth.
        var isJoint: Bool
    }

    let snippet: Snippet
    let plugin: LanguagePlugin
    let generator: TaskGenerator
    let fingerprint: UInt64
    var outcome = SnippetOutcome()
    var analysis = ProgramAnalysis()
    var pool = InputPool()
    /// The number of the task that is made.
    private(set) var index = 0
    /// A run's output is bounded, so what is remembered is.
    static let rememberedLooks = 256
    var looks: [Execution: Look] = [:]
    /// The inputs that came with the snippet or stand in it, and none: whatever it does on these is its own doing.
    var ownInputs: Set<ProgramInput> = [ProgramInput()]
    /// The longest processor time that it took on one of them.
    var ownTime = Duration.zero
    var truths: [Execution: Result<Truth, Drop>] = [:]
    /// What was seen twice, but not alone: good enough for what no task tells of.
    var unshownTruths: [Execution: Truth] = [:]
    private var made: Set<CodeTask> = []

    init(_ snippet: Snippet, plugin: LanguagePlugin, generator: TaskGenerator) {
        self.snippet = snippet
        self.plugin = plugin
        self.generator = generator
        fingerprint = Fingerprint.of(snippet.id, snippet.code)
    }

    var options: GenerationOptions { generator.options }

    var finder: TruthFinder {
        TruthFinder(
            runner: generator.runner, policy: options.truth,
            joint: generator.office.jointLooks[plugin.manifest.name])
    }

    /// Looks at the snippet before any task is drawn.
    ///
    /// - Parameter known: What can be done with it, when that was found before.
    mutating func prepare(_ known: ProgramAnalysis? = nil) async throws(PluginError) {
        if let known {
            analysis = known
        } else {
            analysis = await generator.office.analysis(of: snippet.code, plugin: plugin)
        }
        try await findInputs()
    }

    /// Draws and makes one task, or counts why not.
    mutating func makeTask(_ index: Int) async throws(PluginError) {
        self.index = index
        let draws = Draws(
            seed: options.seed, epoch: options.epoch, snippet: fingerprint, index: index)
        var kindDraws = draws.named("kind")
        let kinds = TaskKind.allCases.filter { (options.mix[$0] ?? 0) > 0 }
        guard let place = kindDraws.weighted(kinds.map { options.mix[$0] ?? 0 }) else { return }
        do {
            let draft = try await draft(kinds[place], draws)
            try finish(draft, index: index, draws: draws)
        } catch let drop as Drop {
            outcome.drops.append(drop.reason)
        } catch let error as PluginError {
            throw error
        } catch {
            outcome.drops.append(.sandbox)
        }
    }

    private mutating func draft(_ kind: TaskKind, _ draws: Draws) async throws -> TaskDraft {
        switch kind {
        case .backward: try await backward(draws)
        case .input: try await inputTask(draws)
        case .repair: try await repair(draws)
        case .forward, .tests, .free: try await program(for: .forward, draws, forms: pool.forms)
        }
    }

    /// The prompt, its length, and whether the task is new.
    private mutating func finish(_ draft: TaskDraft, index: Int, draws: Draws) throws(Drop) {
        var task = draft.task
        guard made.insert(task).inserted else { throw Drop(.duplicate) }
        task.id = "\(snippet.id)#\(options.epoch).\(index)"
        task.limits = options.truth.limits
        var templateDraws = draws.named("template")
        let prompt = AnswerFormat.prompt(
            for: task, context: plugin.promptContext(for: Array(task.program.utf8)),
            template: templateDraws.pick(generator.templates.templates(for: task.kind)))
        let length = prompt.reduce(0) { $0 + generator.measure.length($1.content) }
        guard length <= generator.promptLimit else { throw Drop(.longPrompt) }
        for kind in draft.edits { outcome.counts.edits[kind, default: 0] += 1 }
        outcome.tasks.append(
            GeneratedTask(
                task: task, prompt: prompt, snippetID: snippet.id, index: index, edits: draft.edits, form: draft.form))
    }

    /// The draws of what belongs to the snippet as a whole, so that its tasks have runs in common.
    func snippetDraws(_ name: String) -> Draws {
        Draws(seed: options.seed, epoch: options.epoch, snippet: fingerprint, index: -1).named(name)
    }
}
