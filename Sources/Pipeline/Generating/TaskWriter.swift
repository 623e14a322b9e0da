import TaskGeneration

/// Puts what snippets came to back into the order of the input and writes it, on a thread of its own.
actor TaskWriter {
    /// What waits for those before it.
    struct Finished: Sendable {
        var outcome: SnippetOutcome
        var rows: [UInt8]
        var splits: [String]
        /// What the snippet holds of the window.
        var inputBytes: Int
        var problem: String?
    }

    private let executor = ThreadExecutor(name: "tasks")
    private let sink: LineSink
    private let window: FlowWindow
    private let observer: GenerationObserver
    private var waiting: [Int: Finished] = [:]
    private var nextPlace: Int
    private var failure: PipelineError?
    private(set) var statistics = GenerationStatistics()

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(sink: LineSink, window: FlowWindow, observer: GenerationObserver, after place: Int) {
        self.sink = sink
        self.window = window
        self.observer = observer
        nextPlace = place
        statistics.resumedSnippets = place
    }

    /// Takes what a snippet came to and writes all whose turn has come.
    ///
    /// - Throws: The error of the first write that failed, at this and at every later call.
    func deliver(_ finished: Finished, at place: Int) throws(PipelineError) {
        waiting[place] = finished
        while failure == nil, let next = waiting.removeValue(forKey: nextPlace) {
            nextPlace += 1
            defer { window.release(lines: 1, bytes: next.inputBytes) }
            do throws(PipelineError) {
                if let problem = next.problem { observer.problem(problem) }
                if !next.rows.isEmpty { try sink.write(next.rows) }
                statistics.add(next.outcome, splits: next.splits)
                observer.progress(statistics)
            } catch {
                failure = error
            }
        }
        guard let failure else { return }
        // Nothing more will be written; what waits must not hold up the reader for ever.
        for (_, next) in waiting { window.release(lines: 1, bytes: next.inputBytes) }
        waiting = [:]
        throw failure
    }
}
