/// Puts score lines back into the order of the input and writes them, on a thread of its own.
actor ScoreWriter {
    /// A line that waits for those before it.
    struct Finished: Sendable {
        var line: ScoreLine
        var encoded: [UInt8]
        /// What the input line holds of the window.
        var inputBytes: Int
        /// What is wrong with the input line, for the person at the terminal.
        var problem: String?
    }

    private let executor = ThreadExecutor(name: "output")
    private let sink: LineSink
    private let window: FlowWindow
    private let observer: ScoreObserver
    private var waiting: [Int: Finished] = [:]
    private var nextIndex: Int
    private var failure: PipelineError?
    /// The sums over the lines that were written.
    private(set) var statistics: ScoreStatistics

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Creates a writer that goes on behind what an earlier run wrote.
    init(sink: LineSink, window: FlowWindow, observer: ScoreObserver, after point: ResumePoint) {
        self.sink = sink
        self.window = window
        self.observer = observer
        nextIndex = point.lines
        statistics = point.statistics
    }

    /// Takes a line and writes every line whose turn has come.
    ///
    /// - Throws: The error of the first write that failed, at this and at every later call.
    func deliver(_ finished: Finished, at index: Int) throws(PipelineError) {
        waiting[index] = finished
        while failure == nil, let next = waiting.removeValue(forKey: nextIndex) {
            nextIndex += 1
            defer { window.release(bytes: next.inputBytes) }
            do throws(PipelineError) {
                if let problem = next.problem { observer.problem(problem) }
                try sink.write(next.encoded)
                statistics.add(next.line, inputBytes: next.inputBytes)
                observer.progress(statistics)
            } catch {
                failure = error
            }
        }
        guard let failure else { return }
        // Nothing more will be written; what waits must not hold up the reader for ever.
        for (_, next) in waiting { window.release(bytes: next.inputBytes) }
        waiting = [:]
        throw failure
    }
}
