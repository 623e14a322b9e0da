public import JSON
public import Tasks

/// Scores JSON lines into JSON lines in the order of the input, in memory that does not grow with the input.
///
/// *Theory of operation.* `RolloutLines` reads on its own thread; the lines that one read brought become one task, which
/// parses them and scores at once what needs nothing executed. Each of the others becomes a task of its own that waits
/// for its turn at `RunGate`. All hand their results to `ScoreWriter`, which puts them back in order and writes them on
/// its own thread. Two bounds hold: `concurrency` rollouts execute at once, and `FlowWindow` counts every line from its
/// reading to its writing. So a slow consumer, or one slow program at the head of the line, stops the reading:
/// back-pressure all the way.
///
/// An input line that is no rollout is the user's error, not ours and not the policy's: it becomes a line whose reward
/// and verdict are null, it is told to the observer, and the other lines are scored.
public struct ScoreStream: Sendable {
    /// How many lines are under way and what the lines hold.
    public struct Options: Sendable, Hashable {
        /// Rollouts that execute something at once.
        public var concurrency: Int
        /// Lines between the reading and the writing.
        public var windowLines: Int
        /// Bytes of input lines between the reading and the writing.
        public var windowBytes: Int
        /// Whether score lines say what stands behind their numbers.
        public var includesDetail: Bool

        /// Creates options; a window as wide as many times the concurrency keeps the slots busy behind a slow head.
        public init(
            concurrency: Int,
            windowLines: Int? = nil,
            windowBytes: Int = 64 << 20,
            includesDetail: Bool = false
        ) {
            self.concurrency = max(1, concurrency)
            self.windowLines = windowLines ?? max(2048, 64 * concurrency)
            self.windowBytes = windowBytes
            self.includesDetail = includesDetail
        }
    }

    /// How far a rollout comes without anything being executed.
    public enum Step: Sendable {
        /// To its end.
        case scored(ScoreLine)
        /// To where something has to be executed, which is what the function does; its error ends the run of all.
        case toRun(@Sendable () async throws(PipelineError) -> ScoreLine)
    }

    private let componentNames: [String]
    private let begin: @Sendable (JSONLine) throws(TaskError) -> Step
    private let options: Options

    /// Creates a stream that scores with a function.
    ///
    /// - Parameters:
    ///   - componentNames: The components that every line of the run has.
    ///   - begin: Reads one rollout, and scores it when nothing has to be executed; called for several at once.
    public init(
        componentNames: [String],
        options: Options,
        begin: @escaping @Sendable (JSONLine) throws(TaskError) -> Step
    ) {
        self.componentNames = componentNames
        self.options = options
        self.begin = begin
    }

    /// Scores all lines of the files.
    ///
    /// - Parameter point: Where to go on; as many lines of the input are passed over unread.
    /// - Returns: The sums, over the lines of the earlier run too.
    /// - Throws: `PipelineError` when the input cannot be read on or the output cannot be written.
    public func run(
        _ files: [ReadableFile],
        into sink: LineSink,
        after point: ResumePoint = ResumePoint(),
        observer: ScoreObserver = ScoreObserver()
    ) async throws(PipelineError) -> ScoreStatistics {
        let lines = RolloutLines(files)
        let window = FlowWindow(lines: options.windowLines, bytes: options.windowBytes)
        let gate = RunGate(limit: options.concurrency, keptBytes: options.windowBytes, head: point.lines)
        let writer = ScoreWriter(sink: sink, window: window, gate: gate, observer: observer, after: point)
        try await passOver(point, in: lines)
        let failure = await withDiscardingTaskGroup { group -> PipelineError? in
            do throws(PipelineError) {
                var chunk = try await lines.nextChunk()
                while !chunk.isEmpty,
                    await window.admit(lines: chunk.count, bytes: chunk.reduce(0) { $0 + $1.byteCount })
                {
                    group.addTask { [chunk] in await handle(chunk, gate: gate, writer: writer) }
                    chunk = try await lines.nextChunk()
                }
                if await !window.drain() { group.cancelAll() }
                return nil
            } catch {
                gate.close()
                group.cancelAll()
                return error
            }
        }
        if let failure = await writer.failure ?? failure { throw failure }
        return await writer.statistics
    }

    // MARK: -

    /// Scores lines that were read together.
    private func handle(_ chunk: [RolloutLines.Line], gate: RunGate, writer: ScoreWriter) async {
        var finished: [ScoreWriter.Finished] = []
        var toRun: [(line: RolloutLines.Line, run: @Sendable () async throws(PipelineError) -> ScoreLine)] = []
        var isBehindRun = true
        for line in chunk {
            do throws(TaskError) {
                switch try begin(line.content) {
                case .scored(let score):
                    if isBehindRun { finished.append(ScoreWriter.Finished(firstIndex: line.index)) }
                    isBehindRun = false
                    append(score, of: line, to: &finished[finished.count - 1])
                case .toRun(let run):
                    toRun.append((line, run))
                    isBehindRun = true
                }
            } catch {
                if isBehindRun { finished.append(ScoreWriter.Finished(firstIndex: line.index)) }
                isBehindRun = false
                append(error.cause, of: line, to: &finished[finished.count - 1])
            }
        }
        if !finished.isEmpty { await writer.deliver(finished) }
        await withDiscardingTaskGroup { group in
            for (line, run) in toRun {
                group.addTask {
                    guard await gate.enter(line.index) else { return }
                    var finished = ScoreWriter.Finished(firstIndex: line.index)
                    do throws(PipelineError) {
                        append(try await run(), of: line, to: &finished)
                    } catch {
                        await writer.fail(error)
                        return
                    }
                    finished.keptBytes = finished.texts.bytes.count
                    gate.leave(keeping: finished.keptBytes)
                    await writer.deliver([finished])
                }
            }
        }
    }

    private func append(_ score: ScoreLine, of line: RolloutLines.Line, to finished: inout ScoreWriter.Finished) {
        score.write(to: &finished.texts, detail: options.includesDetail)
        finished.inputBytes.append(line.byteCount)
        finished.lines.append(score)
    }

    /// Adds the line that stands for one which is no rollout.
    private func append(_ error: JSONError, of line: RolloutLines.Line, to finished: inout ScoreWriter.Finished) {
        var place = "\(line.file):\(line.content.number)"
        if error.column > 0 { place += ":\(error.column)" }
        let text = [place, error.path, error.message].filter { !$0.isEmpty }.joined(separator: ": ")
        finished.problems.append(text)
        append(ScoreLine(unreadable: line.id, components: componentNames, error: text), of: line, to: &finished)
    }

    /// Passes over the lines whose scores the output holds already, and checks that they are those of this input.
    private func passOver(_ point: ResumePoint, in lines: RolloutLines) async throws(PipelineError) {
        guard point.lines > 0 else { return }
        let last = try await lines.skip(point.lines)
        let hint = "name the input of the interrupted run, or leave out --resume to start anew"
        guard let last else {
            throw PipelineError(.user, "the output holds \(point.lines) lines, more than the input", hint: hint)
        }
        let id = last.id
        guard id == nil || point.lastID == nil || id == point.lastID else {
            throw PipelineError(
                .user,
                "line \(point.lines) of the output is of '\(point.lastID ?? "")', that of the input is '\(id ?? "")'",
                hint: hint
            )
        }
    }
}
