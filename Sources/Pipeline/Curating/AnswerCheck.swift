import Curation

/// Checks an answer without trusting anything that led to it but the snippets.
struct AnswerCheck {
    let graph: ConflictGraph
    let corpus: Corpus
    let options: CurationOptions

    /// Verifies that no two kept snippets are similar and that each dropped one is similar to a kept one.
    ///
    /// The similarities are computed anew: of every dropped snippet with a kept neighbour, and of the kept ones by a
    /// search for pairs among them alone.
    func verify(_ set: IndependentSet, hasAllPairs: Bool) throws(PipelineError) {
        guard graph.isIndependent(set.isMember) else { throw fault("two kept snippets are similar") }
        guard options.isByWeight || set.size <= set.upperBound else { throw fault("the bound is below the answer") }
        guard graph.isDominating(set.isMember) else { throw fault("a dropped snippet is similar to none that is kept") }
        for snippet in 0..<graph.vertexCount where !set.isMember[snippet] {
            let reason = graph.neighbours(of: snippet).first { set.isMember[Int($0)] }
            guard let reason, similarity(snippet, Int(reason)) >= options.threshold - 1e-6 else {
                throw fault("the similarity for which \(corpus.ids[snippet]) was dropped is not there")
            }
        }
        guard hasAllPairs, options.similarity != .diff, options.finder != .minhash else { return }
        var kept = FeatureSets()
        for snippet in 0..<graph.vertexCount where set.isMember[snippet] { kept.append(corpus.features.set(snippet)) }
        let left = PairFinder.minhash.pairs(in: kept, threshold: options.threshold, threads: options.jobs)
        guard left.isEmpty else { throw fault("the join missed a pair") }
    }

    private func similarity(_ first: Int, _ second: Int) -> Double {
        options.similarity == .diff
            ? DiffJoin.ratio(corpus.codes[first], corpus.codes[second]) : corpus.features.jaccard(first, second)
    }

    private func fault(_ message: String) -> PipelineError {
        PipelineError(.user, "the answer does not stand its check: \(message)", hint: "report this: it is our fault")
    }
}
