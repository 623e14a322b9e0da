import JSON
import LanguagePlugins
public import TaskGeneration
import Tasks

/// Makes lines of tasks of snippets, in the order of the input and in memory that does not grow with it.
///
/// The flow is that of `ScoreStream`: one thread reads, several snippets are under way at once, one thread writes in
/// order, and a window from the reading to the writing keeps the fast from running away from the slow.
public struct GenerateStream: Sendable {
    /// How the lines look, and how much is under way.
    public struct Options: Sendable {
        /// The shape of a line.
        public var format = RowFormat.retort
        /// The language of a line that names none.
        public var defaultLanguage: String?
        /// The parts that tasks are dealt into.
        public var splits = Splits.none
        /// Which snippets go into one part together.
        public var clusters = SnippetClusters()
        /// Programs that are made up, besides those of the input.
        public var synthetic: SyntheticCorpus?
        /// Snippets that are under way at once.
        public var concurrency: Int

        /// Creates options.
        public init(concurrency: Int) { self.concurrency = max(1, concurrency) }
    }

    /// Snippets that are analysed together, so many at first and so many later.
    private static let firstChunk = 8
    private static let chunk = 64

    private let generator: TaskGenerator
    private let registry: PluginRegistry
    private let seed: UInt64
    private let fileLimit: Int
    private let options: Options

    init(generator: TaskGenerator, registry: PluginRegistry, settings: GenerationOptions, options: Options) {
        self.generator = generator
        self.registry = registry
        seed = settings.seed
        fileLimit = settings.screening.bytes
        self.options = options
    }

    /// Makes tasks of everything in the files and folders.
    ///
    /// - Parameter point: Where to go on; as many entries of the input are passed over.
    /// - Returns: The sums.
    /// - Throws: `PipelineError` when the input cannot be read on, the output cannot be written, or the sandbox fails.
    public func run(
        _ paths: [String], into sink: LineSink, after point: GenerationResumePoint = GenerationResumePoint(),
        observer: GenerationObserver = GenerationObserver()
    ) async throws(PipelineError) -> GenerationStatistics {
        let source = SnippetSource(
            paths, registry: registry, fileLimit: fileLimit, defaultLanguage: options.defaultLanguage,
            synthetic: options.synthetic)
        let window = FlowWindow(lines: max(64, 8 * options.concurrency), bytes: 64 << 20)
        let writer = TaskWriter(sink: sink, window: window, observer: observer, after: point.snippets)
        var clusters = options.clusters
        for _ in 0..<point.snippets {
            guard let entry = try await source.next() else {
                throw PipelineError(
                    .user, "the output holds tasks of \(point.snippets) snippets, more than the input",
                    hint: "name the input of the interrupted run, or leave out --resume to start anew")
            }
            _ = part(of: entry, &clusters)
        }
        let failure = await withTaskGroup(of: PipelineError?.self) { group -> PipelineError? in
            do throws(PipelineError) {
                var running = 0
                var chunk = Self.firstChunk
                reading: while true {
                    let entries = try await source.next(chunk)
                    if entries.isEmpty { break }
                    chunk = min(2 * chunk, Self.chunk)
                    let analyses = await generator.analyses(of: entries.compactMap(\.snippet))
                    var next = analyses.makeIterator()
                    for entry in entries {
                        guard await window.admit(lines: 1, bytes: entry.byteCount) else { break reading }
                        if running == options.concurrency {
                            if let failure = await group.next() ?? nil { throw failure }
                            running -= 1
                        }
                        let part = part(of: entry, &clusters)
                        let analysis = entry.snippet == nil ? nil : next.next() ?? nil
                        group.addTask(executorPreference: generator.executor) {
                            await handle(entry, analysis, part: part, writer: writer)
                        }
                        running += 1
                    }
                }
                for await failure in group { if let failure { throw failure } }
                return nil
            } catch {
                group.cancelAll()
                return error
            }
        }
        if let failure { throw failure }
        if !clusters.isEmpty, clusters.found == 0 {
            observer.problem("no snippet is in a cluster of the report; are the names those that were curated?")
        }
        return await writer.statistics
    }

    // MARK: -

    /// The part that the tasks of an entry go into; entries have to come in their order.
    private func part(of entry: SnippetSource.Entry, _ clusters: inout SnippetClusters) -> String {
        guard case .success(let snippet) = entry.content else { return "" }
        return options.splits.part(of: clusters.cluster(of: snippet, path: entry.path), seed: seed)
    }

    private func handle(
        _ entry: SnippetSource.Entry, _ analysis: ProgramAnalysis?, part: String, writer: TaskWriter
    ) async -> PipelineError? {
        var finished = TaskWriter.Finished(
            outcome: SnippetOutcome(), rows: [], splits: [], inputBytes: entry.byteCount)
        switch entry.content {
        case .failure(let flaw):
            finished.outcome = SnippetOutcome(drops: [flaw.reason])
            finished.problem = flaw.reason == .unreadable ? flaw.message : nil
        case .success(let snippet):
            do throws(PluginError) {
                finished.outcome = try await generator.tasks(of: snippet, analysis: analysis)
            } catch {
                return PipelineError(error)
            }
            for generated in finished.outcome.tasks {
                let row = options.format.row(for: generated, split: part, place: entry.place)
                finished.rows += JSONValue.object(row).serializedBytes() + [UInt8(ascii: "\n")]
                finished.splits.append(part)
            }
        }
        do throws(PipelineError) {
            try await writer.deliver(finished, at: entry.place)
            return nil
        } catch {
            return error
        }
    }
}

extension SnippetSource.Entry {
    /// The snippet, when there is one.
    fileprivate var snippet: Snippet? { try? content.get() }

    /// What the entry holds of the memory.
    fileprivate var byteCount: Int {
        if case .success(let snippet) = content { snippet.code.utf8.count } else { 0 }
    }
}
