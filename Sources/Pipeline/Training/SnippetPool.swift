import JSON
import Policy
import TaskGeneration
import Tasks

/// The snippets of a run that makes its tasks as it goes, and the tasks of those that are kept from learning.
struct SnippetPool: Sendable {
    /// The snippets that are learnt from.
    let training: [Snippet]
    /// Tasks that only evaluations see.
    let heldOut: [TaskRow]

    /// Takes what the folder of a run holds, or reads the snippets, deals them by what is alike, and writes both parts there.
    ///
    /// - Throws: `PipelineError` when a file is not right, the disk is full, or the sandbox fails.
    init(
        _ configuration: TrainingConfiguration, folder: RunFolder, root: DeferredRoot, observer: TrainingObserver
    ) async throws(PipelineError) {
        let request = try configuration.generationRequest()
        if Folder.exists(folder.heldOut) {
            training = try await SnippetCollection.read([folder.snippets], root.registry)
            heldOut = try TaskRow.read(folder.heldOut)
            return
        }
        let all = try await SnippetCollection.read(
            configuration.snippets, root.registry, synthetic: request.synthetic, language: request.defaultLanguage)
        if let path = configuration.heldOut {
            training = all
            heldOut = try TaskRow.read(path)
        } else {
            observer.progress("looking for what is alike among \(all.count) snippets")
            let clusters = try await ClusteredSnippets(all, folder: folder.path, plugins: root.pluginFolders)
            let splits = Splits([
                .init("train", 1 - configuration.heldOutShare), .init("test", configuration.heldOutShare),
            ])
            training = clusters.part("train", of: splits, seed: configuration.seed, keptOnly: false)
            let others = clusters.part("test", of: splits, seed: configuration.seed, keptOnly: true)
            observer.progress("making tasks of \(others.count) snippets that are held out")
            let look = TaskLook(place: 0, round: 0, series: .heldOut)
            let rounds = SnippetRounds(try await root.root(), request)
            heldOut = try await rounds.rows(others.prefix(2 * configuration.evaluationTasks).map { ($0, look.epoch) })
                .compactMap { $0 }
        }
        guard !training.isEmpty, !heldOut.isEmpty else {
            throw PipelineError(
                .user,
                "of \(all.count) snippets \(training.count) are left to learn from, and \(heldOut.count) tasks to check with",
                hint: "give more snippets, or set held_out_share; 'retort generate --summary' says what is dropped")
        }
        try SnippetCollection.write(training, to: folder.snippets)
        // Written last: where it is, the other is there as well.
        try TaskRow.write(heldOut, to: folder.heldOut)
    }

    /// Tasks of a first round, from which a model that is made from nothing learns its tokens.
    func sample(_ rounds: SnippetRounds) async throws(PipelineError) -> [TaskRow] {
        let look = TaskLook(place: 0, round: 0, series: .policy)
        return try await rounds.rows(training.prefix(2048).map { ($0, look.epoch) }).compactMap { $0 }
    }
}

extension TrainingConfiguration {
    /// What is made of snippets.
    ///
    /// - Throws: `PipelineError` with the place of what is wrong.
    func generationRequest() throws(PipelineError) -> GenerationRequest {
        var request = try GenerationRequest(format: "retort", settings: generation)
        if generation["seed"] == nil { request.set(seed: seed, epoch: nil) }
        if synthetic.count > 0 {
            try request.set(synthetic: synthetic.count, languages: synthetic.languages, failures: synthetic.failures)
        }
        return request
    }
}
