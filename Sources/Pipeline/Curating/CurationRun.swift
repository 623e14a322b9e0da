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
        if options.checksCompiling || options.preference == .executable {
            let start = ContinuousClock.now
            try await check(&corpus)
            times.add("check", ContinuousClock.now - start)
        }
        observer.progress("looking for similar pairs among \(corpus.count) snippets")
        let isWhole = !control.search.isOver
        let snippets = corpus
        let pairs = findPairs(snippets, &times)
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

    /// Drops what does not compile where that is asked for, and prefers what runs where that is.
    private func check(_ corpus: inout Corpus) async throws(PipelineError) {
        observer.progress("compiling \(corpus.count) snippets")
        let root = try CompositionRoot(.init(pluginFolders: options.pluginFolders, jobs: options.jobs))
        defer { root.shutdown() }
        let isPreferred = options.preference == .executable
        let findings = try await CompileCheck(root, runsAll: isPreferred, control: control)
            .check(corpus.lines, defaultLanguage: options.language)
        if isPreferred { corpus.weights = findings.map(SnippetWeight.weight) }
        if options.checksCompiling { corpus.keep(findings.map { $0 != .broken }, otherwise: .doesNotCompile) }
    }

    private func findPairs(_ corpus: Corpus, _ times: inout StageTimes) -> [SimilarPair] {
        let (threshold, threads, search) = (options.threshold, options.jobs, control.search)
        if options.similarity == .diff {
            return times.measure("pairs") {
                DiffJoin(corpus.codes, threshold: threshold).pairs(threads: threads, control: search)
            }
        }
        guard options.finder == .minhash else {
            return times.measure("pairs") {
                options.finder.pairs(in: corpus.features, threshold: threshold, threads: threads, control: search)
            }
        }
        let join = times.measure("signatures") {
            MinHashJoin(corpus.features, threshold: threshold, threads: threads, control: search)
        }
        return times.measure("pairs") { join.pairs(threads: threads, control: search) }
    }

    private func choose(_ graph: ConflictGraph, _ corpus: Corpus, _ search: SearchControl) -> CurationChoice {
        let weights = options.preference == .rarer ? SnippetWeight.rarity(corpus.features) : corpus.weights
        if options.isByWeight {
            let (set, weight, bound) = weigher(graph, weights, search).heaviest()
            return CurationChoice(set: set, weight: weight, weightBound: bound)
        }
        let set = MaximumIndependentSet(
            graph, seed: options.seed, effort: options.effort, threads: options.jobs, control: search
        ).solve()
        guard options.preference != .none else { return CurationChoice(set: set) }
        let (heavier, isHeaviest) = weigher(graph, weights, control.search).heavier(than: set)
        let weight = weights.indices.reduce(0) { $0 + (heavier.isMember[$1] ? weights[$1] : 0) }
        return CurationChoice(set: heavier, weight: weight, isHeaviestOfItsSize: isHeaviest)
    }

    private func weigher(_ graph: ConflictGraph, _ weights: [Int], _ search: SearchControl) -> WeightedChoice {
        WeightedChoice(
            graph, weights: weights, seed: options.seed, effort: options.effort, threads: options.jobs, control: search)
    }
}
