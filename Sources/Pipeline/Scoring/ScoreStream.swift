public import JSON
public import Tasks

/// Scores JSON lines into JSON lines in the order of the input, in memory that does not grow with the input.
///
/// *Theory of operation.* `RolloutLines` reads on its own thread; each line becomes a task that parses it, scores it
/// and hands the result to `ScoreWriter`, which puts the results back in order and writes them on its own thread. Two
/// bounds hold: `concurrency` tasks score at once, and `FlowWindow` counts every line from its reading to its writing.
/// So a slow consumer, or one slow program at the head of the line, stops the reading: back-pressure all the way.
///
/// An input line that is no rollout is the user's error, not ours and not the policy's: it becomes a line whose reward
/// and verdict are null, it is told to the observer, and the other lines are scored.
public struct ScoreStream: Sendable {
    /// How many lines are under way and what the lines hold.
    public struct Options: Sendable, Hashable {
        /// Rollouts that are scored at once.
        public var concurrency: Int
        /// Lines between the reading and the writing.
        public var windowLines: Int
        /// Bytes of input lines between the reading and the writing.
        public var windowBytes: Int
        /// Whether score lines say what stands behind their numbers.
        public var includesDetail: Bool

        /// Creates options; a window as wide as several times the concurrency keeps the slots busy behind a slow head.
        public init(
            concurrency: Int,
            windowLines: Int? = nil,
            windowBytes: Int = 64 << 20,
            includesDetail: Bool = false
        ) {
            self.concurrency = max(1, concurrency)
            self.windowLines = windowLines ?? max(64, 16 * concurrency)
            self.windowBytes = windowBytes
            self.includesDetail = includesDetail
        }
    }

    private let componentNames: [String]
    private let score: @Sendable (JSONLine) async throws(TaskError) -> ScoreLine
    private let options: Options

    /// Creates a stream that scores with a function.
    ///
    /// - Parameters:
    ///   - componentNames: The components that every line of the run has.
    ///   - score: Reads and scores one rollout; called for several at once.
    public init(
        componentNames: [String],
        options: Options,
        score: @escaping @Sendable (JSONLine) async throws(TaskError) -> ScoreLine
    ) {
        self.componentNames = componentNames
        self.options = options
        self.score = score
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
        let writer = ScoreWriter(sink: sink, window: window, observer: observer, after: point)
        try await passOver(point, in: lines)
        let failure = await withTaskGroup(of: PipelineError?.self) { group -> PipelineError? in
            do throws(PipelineError) {
                var running = 0
                while let line = try await lines.next() {
                    await window.admit(bytes: line.byteCount)
                    if running == options.concurrency {
                        if let failure = await group.next() ?? nil { throw failure }
                        running -= 1
                    }
                    group.addTask { await handle(line, writer: writer) }
                    running += 1
                }
                for await failure in group { if let failure { throw failure } }
                return nil
            } catch {
                group.cancelAll()
                return error
            }
        }
        if let failure { throw failure }
        return await writer.statistics
    }

    // MARK: -

    private func handle(_ line: RolloutLines.Line, writer: ScoreWriter) async -> PipelineError? {
        let (scoreLine, problem) = await scored(line)
        let json = JSONValue.object(scoreLine.json(detail: options.includesDetail))
        let finished = ScoreWriter.Finished(
            line: scoreLine,
            encoded: json.serializedBytes() + [UInt8(ascii: "\n")],
            inputBytes: line.byteCount,
            problem: problem
        )
        do throws(PipelineError) {
            try await writer.deliver(finished, at: line.index)
            return nil
        } catch {
            return error
        }
    }

    private func scored(_ line: RolloutLines.Line) async -> (ScoreLine, problem: String?) {
        do throws(TaskError) {
            return (try await score(line.content), nil)
        } catch {
            return unreadable(line, error.cause)
        }
    }

    private func unreadable(_ line: RolloutLines.Line, _ error: JSONError) -> (ScoreLine, problem: String?) {
        var place = "\(line.file):\(line.content.number)"
        if error.column > 0 { place += ":\(error.column)" }
        let text = [place, error.path, error.message].filter { !$0.isEmpty }.joined(separator: ": ")
        return (ScoreLine(unreadable: line.id, components: componentNames, error: text), text)
    }

    /// Passes over the lines whose scores the output holds already, and checks that they are those of this input.
    private func passOver(_ point: ResumePoint, in lines: RolloutLines) async throws(PipelineError) {
        guard point.lines > 0 else { return }
        var last: RolloutLines.Line?
        for _ in 0..<point.lines {
            last = try await lines.next()
            if last == nil { break }
        }
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
