import JSON
import TaskGeneration
import Tasks
import Tokenization

/// Deals a corpus into what all runs share and what tells them apart.
///
/// Clusters of what is alike are dealt as wholes into three parts: tasks that are held out, tasks of the warm start, which
/// all runs of a seed have in common, and the snippets of which the runs make their tasks.
struct AblationCorpus: Sendable {
    /// The part of what is not held out that goes to the warm start.
    private static let startShare = 0.4

    let configuration: TrainingConfiguration
    let seeds: [Int]
    let folder: AblationFolder

    /// Makes all data, unless it is there.
    ///
    /// - Throws: `PipelineError` when a snippet's file is not right, too little is left, or the sandbox fails.
    func prepare(_ root: DeferredRoot, observer: TrainingObserver) async throws(PipelineError) {
        if Folder.exists(folder.corpus) { return }
        try Folder.make(folder.path + "/snippets")
        let request = try configuration.generationRequest()
        let all = try await SnippetCollection.read(
            configuration.snippets, root.registry, synthetic: request.synthetic, language: request.defaultLanguage)
        observer.progress("looking for what is alike among \(all.count) snippets")
        let clusters = try await ClusteredSnippets(all, folder: folder.path, plugins: root.pluginFolders)
        let rest = 1 - configuration.heldOutShare
        let splits = Splits([
            .init("train", rest * (1 - Self.startShare)), .init("start", rest * Self.startShare),
            .init("test", configuration.heldOutShare),
        ])
        func part(_ name: String, keptOnly: Bool) -> [Snippet] {
            clusters.part(name, of: splits, seed: configuration.seed, keptOnly: keptOnly)
        }
        let curated = part("train", keptOnly: true)
        let uncurated = part("train", keptOnly: false)
        let rounds = SnippetRounds(try await root.root(), request)
        observer.progress("making the tasks that all runs share")
        let heldOut = try await rows(
            part("test", keptOnly: true), rounds, .heldOut, rounds: 1, limit: configuration.evaluationTasks)
        let known = Set(heldOut.map { PromptWriter.messages($0, configuration.promptStyle).map(\.content) })
        let start = try await rows(part("start", keptOnly: true), rounds, .warmStart, rounds: 2, limit: nil)
            .filter { !known.contains(PromptWriter.messages($0, configuration.promptStyle).map(\.content)) }
        guard !curated.isEmpty, !heldOut.isEmpty, !start.isEmpty else {
            throw PipelineError(
                .user,
                "of \(all.count) snippets \(curated.count) are left to learn from, \(start.count) tasks for the warm start "
                    + "and \(heldOut.count) to check with", hint: "give more snippets")
        }
        try SnippetCollection.write(curated, to: folder.curated)
        for seed in seeds {
            var draws = Draws(seed: UInt64(seed), epoch: 0, snippet: 0, index: 0).named("random subset")
            try SnippetCollection.write(Array(draws.shuffled(uncurated).prefix(curated.count)), to: folder.random(seed))
        }
        try TaskRow.write(heldOut, to: folder.heldOut)
        try TaskRow.write(start.map { $0.inPart("train") } + heldOut.map { $0.inPart("test") }, to: folder.startTasks)
        let counts: [(String, Int)] = [
            ("snippets", all.count), ("kept_by_curation", clusters.isKept.count { $0 }), ("training", curated.count),
            ("training_uncurated", uncurated.count), ("start_tasks", start.count), ("held_out_tasks", heldOut.count),
        ]
        var members = JSONObject(counts.map { ($0, .integer(Int64($1))) })
        members["languages"] = .array(Set(all.map(\.language)).sorted().map { .string($0) })
        try AblationFolder.write(folder.corpus, JSONValue.object(members).serializedBytes(pretty: true) + [0x0A])
        if curated.count == uncurated.count {
            observer.note("note: no two snippets are alike, so that curation has nothing to do")
        }
    }

    private func rows(
        _ snippets: [Snippet], _ maker: SnippetRounds, _ series: TaskLook.Series, rounds: Int, limit: Int?
    ) async throws(PipelineError) -> [TaskRow] {
        var rows: [TaskRow] = []
        for round in 0..<rounds {
            let epoch = TaskLook(place: 0, round: round, series: series).epoch
            for start in stride(from: 0, to: snippets.count, by: 256) {
                if let limit, rows.count >= limit { return Array(rows.prefix(limit)) }
                let some = snippets[start..<min(snippets.count, start + 256)]
                rows += try await maker.rows(some.map { ($0, epoch) }).compactMap { $0 }
            }
        }
        return limit.map { Array(rows.prefix($0)) } ?? rows
    }
}

extension TaskRow {
    /// The same in a part.
    fileprivate func inPart(_ name: String) -> TaskRow {
        var row = self
        row.split = name
        return row
    }
}
