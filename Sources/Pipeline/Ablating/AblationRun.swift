import JSON
import Synchronization

/// Runs a training with all parts of the method and with each of them switched off, and compares what comes of it.
///
/// All runs of a seed begin with the same model, take as many steps of as many rollouts, and are evaluated with the same
/// tasks; so what differs between two runs is the part, and chance.
public struct AblationRun: Sendable {
    /// One training.
    private struct Training: Sendable {
        let name: String
        let folder: String
        let settings: TrainingConfiguration
    }

    private let configuration: TrainingConfiguration
    private let seeds: [Int]
    private let folder: AblationFolder

    /// Prepares an ablation.
    ///
    /// - Throws: `PipelineError` when there are no snippets, or the folder holds an ablation already.
    public static func new(
        _ settings: TrainingConfiguration, _ options: TrainingRun.Options, seeds: Int, output: String
    ) throws(PipelineError) -> AblationRun {
        let configuration = options.applied(to: settings)
        guard configuration.makesTasks else {
            throw PipelineError(
                .user, "an ablation makes its own tasks, and there are no snippets to make them of",
                hint: "name them with --snippets PATH, or have some made up with --synthetic N")
        }
        let folder = AblationFolder(path: output)
        guard !Folder.exists(folder.settings) else {
            throw PipelineError(
                .user, "'\(output)' holds an ablation already",
                hint: "go on with --ablate --resume \(output), or name another folder")
        }
        try Folder.make(output)
        let first = Int(clamping: configuration.seed)
        let run = AblationRun(configuration: configuration, seeds: Array(first..<(first + seeds)), folder: folder)
        let members: JSONObject = [
            "settings": .object(configuration.json), "seeds": .array(run.seeds.map { .integer(Int64($0)) }),
        ]
        try AblationFolder.write(folder.settings, JSONValue.object(members).serializedBytes(pretty: true) + [0x0A])
        return run
    }

    /// Takes up an ablation: what is finished is not run again, and what was begun goes on.
    public static func resumed(_ path: String) throws(PipelineError) -> AblationRun {
        let folder = AblationFolder(path: path)
        guard Folder.exists(folder.settings) else {
            throw PipelineError(
                .user, "'\(path)' is no folder of an ablation", hint: "'retort train --ablate --output' makes one")
        }
        let members = try AblationFolder.read(folder.settings)
        let settings = JSONSource(JSONValue.object(members["settings"]?.object ?? [:]).serializedBytes())
        return AblationRun(
            configuration: try TrainingConfiguration(reading: settings),
            seeds: (members["seeds"]?.array ?? []).compactMap { $0.integer.map(Int.init) }, folder: folder)
    }

    /// Runs to the end.
    ///
    /// - Parameter jobs: Trainings that run at once, each with one thread where there are several.
    /// - Throws: `PipelineError` when one of the runs fails; those that are finished stay.
    public func run(_ root: DeferredRoot, jobs: Int, observer: TrainingObserver) async throws(PipelineError)
        -> AblationOutcome
    {
        try await AblationCorpus(configuration: configuration, seeds: seeds, folder: folder)
            .prepare(root, observer: observer)
        let corpus = try AblationFolder.read(folder.corpus)
        let languages = (corpus["languages"]?.array ?? []).compactMap(\.string)
        let threads = jobs > 1 ? 1 : configuration.threads
        if needsStart { try await run(seeds.map { start($0, threads) }, root, jobs: jobs, observer: observer) }
        let components = root.pipeline(try configuration.preset()).componentNames
        let weights = Self.weights.filter { components.contains($0.key) }
        let trainings = seeds.flatMap { seed in
            AblationVariant.allCases.map { training($0, seed, threads, weights, languages: languages) }
        }
        try await run(trainings, root, jobs: jobs, observer: observer)
        let outcome = try AblationOutcome(folder, seeds: seeds, corpus: corpus, configuration: configuration)
        try outcome.write(to: folder)
        return outcome
    }

    // MARK: - Trainings

    /// What components weigh where the settings do not say: as in the method's own sum, a tenth for the format.
    private static let weights = ["format": 0.1, "stdout": 0.9, "failure": 0.9, "backward": 0.9]

    /// Whether there is anything to learn before the parts make a difference.
    private var needsStart: Bool { configuration.warmStart.steps > 0 || configuration.model == "tiny" }

    /// The training of what all runs of a seed begin with.
    private func start(_ seed: Int, _ threads: Int) -> Training {
        var settings = shared(seed, threads)
        settings.tasks = folder.startTasks
        settings.steps = 0
        return Training(name: "warm start, seed \(seed)", folder: folder.start(seed), settings: settings)
    }

    private func training(
        _ variant: AblationVariant, _ seed: Int, _ threads: Int, _ weights: [String: Double], languages: [String]
    ) -> Training {
        var settings = shared(seed, threads)
        settings.snippets = [variant == .randomSubset ? folder.random(seed) : folder.curated]
        settings.heldOut = folder.heldOut
        if needsStart { settings.model = folder.start(seed) + "/model" }
        settings.warmStart.steps = 0
        // Each component is compared for itself; the part that is switched off sums them first.
        settings.algorithm = .gdpo
        if settings.rewardWeights.isEmpty { settings.rewardWeights = weights }
        return Training(
            name: "\(variant.rawValue), seed \(seed)", folder: folder.run(variant, seed),
            settings: variant.settings(settings, languages: languages))
    }

    private func shared(_ seed: Int, _ threads: Int) -> TrainingConfiguration {
        var settings = configuration
        settings.seed = UInt64(seed)
        settings.threads = threads
        settings.snippets = []
        settings.synthetic.count = 0
        // Other tasks for those that teach nothing would be more rollouts for one variant than for another.
        settings.resampling = 0
        settings.evaluationInterval = max(1, settings.steps)
        settings.evaluationSamples = max(4, settings.evaluationSamples)
        return settings
    }

    // MARK: - Running

    private func run(
        _ trainings: [Training], _ root: DeferredRoot, jobs: Int, observer: TrainingObserver
    ) async throws(PipelineError) {
        let open = trainings.filter { !Folder.exists(AblationFolder.outcome($0.folder)) }
        let board = AblationBoard(done: trainings.count - open.count, of: trainings.count, observer: observer)
        let failure = await withTaskGroup(of: PipelineError?.self) { group in
            var failure: PipelineError?
            for (number, training) in open.enumerated() {
                if number >= max(1, jobs) { failure = await group.next() ?? nil }
                if failure != nil { break }
                group.addTask { await Self.run(training, root, board) }
            }
            if failure != nil { group.cancelAll() }
            for await other in group {
                failure = failure ?? other
                if failure != nil { group.cancelAll() }
            }
            return failure
        }
        if let failure { throw failure }
    }

    private static func run(_ training: Training, _ root: DeferredRoot, _ board: AblationBoard) async -> PipelineError?
    {
        do throws(PipelineError) {
            let run: TrainingRun =
                if Folder.exists(RunFolder(path: training.folder).configuration) {
                    try .resumed(training.folder, steps: nil)
                } else {
                    try .new(training.settings, TrainingRun.Options(), output: training.folder)
                }
            let outcome = try await run.run(root, observer: board.observer(of: training.name))
            try AblationFolder.write(AblationFolder.outcome(training.folder), Array((outcome.json + "\n").utf8))
            board.finish(training.name)
            return nil
        } catch {
            var named = error
            named.message = "\(training.name): \(error.message)"
            return named
        }
    }
}
