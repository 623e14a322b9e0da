import Curation
import Glibc
import Tasks

/// Curates: reads, filters, finds the similar pairs, chooses, verifies.
public struct CurationRun {
    /// What a caller hears on the way.
    public struct Observer {
        /// A stage has come so far.
        public var progress: (String) -> Void

        /// Creates an observer.
        public init(progress: @escaping (String) -> Void = { _ in }) { self.progress = progress }
    }

    private let options: CurationOptions
    private let control: CurationControl
    private let observer: Observer

    /// Prepares a run.
    public init(_ options: CurationOptions, control: CurationControl, observer: Observer = Observer()) {
        self.options = options
        self.control = control
        self.observer = observer
    }

    /// Curates the snippets that paths stand for and writes those that are kept.
    ///
    /// - Parameters:
    ///   - output: Where the kept snippets go; nil writes none.
    ///   - budget: How long the search may take, from when the pairs are known.
    /// - Throws: `PipelineError` when an input cannot be read, the output not written, or an answer does not stand its
    ///   check.
    public func run(
        _ paths: [String], into output: LineSink?, budget: Duration?
    ) async throws(PipelineError) -> CurationReport {
        var times = StageTimes()
        let syntaxes = SyntaxTable(try CompositionRoot.registry(options.pluginFolders))
        let contamination = try BenchmarkItems.read(options.benchmarks, syntaxes, share: options.benchmarkShare)
        var corpus = try times.measure("read") { () throws(PipelineError) in
            let parsing = SnippetParsing(options: options, syntaxes: syntaxes, contamination: contamination)
            let observer = observer
            var reader = CorpusReader(parsing, control: control) { observer.progress("read \($0) snippets") }
            try reader.read(paths)
            return reader.corpus
        }
        if options.checksCompiling {
            let start = ContinuousClock.now
            try await dropWhatDoesNotCompile(&corpus)
            times.add("check", ContinuousClock.now - start)
        }
        observer.progress("looking for similar pairs among \(corpus.count) snippets")
        let isWhole = !control.search.isOver
        let snippets = corpus
        let pairs = times.measure("pairs") { findPairs(snippets) }
        let hasAllPairs = isWhole && !control.search.isOver
        let graph = times.measure("graph") {
            ConflictGraph(vertexCount: corpus.count, edges: pairs.map { ($0.first, $0.second) })
        }
        observer.progress("choosing among \(corpus.count) snippets with \(graph.edgeCount) similar pairs")
        let search = budget.map { SearchControl(budget: $0, within: control.search) } ?? control.search
        let choice = times.measure("search") { choose(graph, snippets, search) }
        try times.measure("verify") { () throws(PipelineError) in
            try AnswerCheck(graph: graph, corpus: snippets, options: options).verify(
                choice.set, hasAllPairs: hasAllPairs)
        }
        if let output {
            try times.measure("write") { () throws(PipelineError) in
                for (number, line) in snippets.lines.enumerated() where choice.set.isMember[number] {
                    try output.write(line)
                }
            }
        }
        return CurationReport(
            options: options, corpus: snippets, graph: graph, choice: choice, times: times,
            isComplete: isWhole, hasAllPairs: hasAllPairs)
    }

    private func dropWhatDoesNotCompile(_ corpus: inout Corpus) async throws(PipelineError) {
        observer.progress("compiling \(corpus.count) snippets")
        let root = try CompositionRoot(.init(pluginFolders: options.pluginFolders, jobs: options.jobs))
        defer { root.shutdown() }
        corpus.keep(
            try await CompileCheck(root, control: control).check(corpus.lines, defaultLanguage: options.language),
            otherwise: .doesNotCompile)
    }

    private func findPairs(_ corpus: Corpus) -> [SimilarPair] {
        if options.similarity == .diff {
            return DiffJoin(corpus.codes, threshold: options.threshold)
                .pairs(threads: options.jobs, control: control.search)
        }
        return options.finder.pairs(
            in: corpus.features, threshold: options.threshold, threads: options.jobs, control: control.search)
    }

    private func choose(_ graph: ConflictGraph, _ corpus: Corpus, _ search: SearchControl) -> CurationChoice {
        let weights = options.preference == .rarer ? SnippetWeight.rarity(corpus.features) : corpus.weights
        if options.isByWeight {
            let choice = WeightedChoice(graph, weights: weights, seed: options.seed, control: search)
            let (set, weight, bound) = choice.heaviest()
            return CurationChoice(set: set, weight: weight, weightBound: bound)
        }
        let set = MaximumIndependentSet(
            graph, seed: options.seed, effort: options.effort, threads: options.jobs, control: search
        ).solve()
        guard options.preference != .none else { return CurationChoice(set: set) }
        let choice = WeightedChoice(graph, weights: weights, seed: options.seed, control: control.search)
        let heavier = choice.heavier(than: set)
        let weight = weights.indices.reduce(0) { $0 + (heavier.isMember[$1] ? weights[$1] : 0) }
        return CurationChoice(set: heavier, weight: weight)
    }
}
