import JSON

/// Puts score lines back into the order of the input and writes them, on a thread of its own.
actor ScoreWriter {
    /// Lines that stand one behind the other in the input and are scored.
    struct Finished: Sendable {
        /// The place of the first among all lines.
        var firstIndex: Int
        /// The scores, in order.
        var lines: [ScoreLine] = []
        /// Their texts, each with its line feed.
        var texts = JSONWriter()
        /// What each input line held of the window.
        var inputBytes: [Int] = []
        /// What is wrong with input lines, for the person at the terminal.
        var problems: [String] = []
        /// What they hold of the gate.
        var keptBytes = 0
    }

    private let executor = ThreadExecutor(name: "output")
    private let sink: LineSink
    private let window: FlowWindow
    private let gate: RunGate
    private let observer: ScoreObserver
    private var waiting: [Int: Finished] = [:]
    private var nextIndex: Int
    /// The sums over the lines that were written.
    private(set) var statistics: ScoreStatistics
    /// Why nothing is written any more.
    private(set) var failure: PipelineError?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Creates a writer that goes on behind what an earlier run wrote.
    init(sink: LineSink, window: FlowWindow, gate: RunGate, observer: ScoreObserver, after point: ResumePoint) {
        self.sink = sink
        self.window = window
        self.gate = gate
        self.observer = observer
        nextIndex = point.lines
        statistics = point.statistics
    }

    /// Takes lines and writes every line whose turn has come.
    ///
    /// The first write that fails closes the window and the gate: nothing more is read and nothing more is run.
    func deliver(_ pieces: [Finished]) {
        guard failure == nil else { return }
        for piece in pieces { waiting[piece.firstIndex] = piece }
        while let next = waiting.removeValue(forKey: nextIndex) {
            nextIndex += next.lines.count
            do throws(PipelineError) {
                for problem in next.problems { observer.problem(problem) }
                try sink.write(next.texts.bytes)
            } catch {
                fail(error)
                return
            }
            for (line, bytes) in zip(next.lines, next.inputBytes) { statistics.add(line, inputBytes: bytes) }
            observer.progress(statistics)
            gate.wrote(bytes: next.keptBytes, head: nextIndex)
            window.release(lines: next.lines.count, bytes: next.inputBytes.reduce(0, +))
        }
    }

    /// Ends the run: nothing more is read, run or written, and the first error stays.
    func fail(_ error: PipelineError) {
        guard failure == nil else { return }
        failure = error
        waiting = [:]
        window.close()
        gate.close()
    }
}
