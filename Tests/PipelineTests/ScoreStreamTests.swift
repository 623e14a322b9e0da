import Glibc
import JSON
import Pipeline
import Synchronization
import Tasks
import Testing

@Suite(.timeLimit(.minutes(5))) struct ScoreStreamTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    /// Rewards a line with its own "value", at once or after running for its "wait" in milliseconds.
    private func stream(concurrency: Int = 4, window: Int? = nil, windowBytes: Int = 64 << 20) -> ScoreStream {
        ScoreStream(
            componentNames: ["format"],
            options: .init(concurrency: concurrency, windowLines: window, windowBytes: windowBytes)
        ) { line throws(TaskError) in
            let json = try Self.value(of: line)
            guard let value = json["value"]?.double else { throw TaskError("missing value") }
            let score = ScoreLine(
                id: json["id"]?.string,
                reward: value,
                components: [.init(name: "format", value: 1)],
                verdict: .accepted
            )
            guard let wait = json["wait"]?.integer else { return .scored(score) }
            return .toRun { () throws(PipelineError) in
                try? await Task.sleep(for: .milliseconds(wait))
                return score
            }
        }
    }

    private static func value(of line: JSONLine) throws(TaskError) -> JSONValue {
        do {
            return try line.parse()
        } catch {
            throw TaskError(error)
        }
    }

    /// A line that runs for so many milliseconds, or is scored at once.
    private func line(_ index: Int, wait: Int? = 0) -> String {
        let wait = wait.map { #","wait":\#($0)"# } ?? ""
        return #"{"id":"r\#(index)","value":\#(index)\#(wait)}"#
    }

    private func ids(_ text: String) throws -> [String?] {
        try text.split(separator: "\n").map { try JSONValue.parse(String($0))["id"]?.string }
    }

    @Test("writes in the order of the input although later lines finish first")
    func order() async throws {
        let input = try scratch.file("in", (0..<40).map { line($0, wait: $0 % 7 == 0 ? 30 : 0) + "\n" }.joined())
        let sink = try LineSink.file("\(scratch.path)/out")
        let sums = try await stream().run([ReadableFile(input)], into: sink)
        #expect(sums.lines == 40)
        #expect(sums.rewardSum == 780)
        #expect(try ids(scratch.text("out")) == (0..<40).map { "r\($0)" })
    }

    @Test("mixes lines that run with lines that do not", arguments: [1, 4])
    func mixture(concurrency: Int) async throws {
        let waits = (0..<2000).map { $0 % 97 == 0 ? 10 : $0 % 5 == 0 ? 0 : nil }
        let input = try scratch.file("in", waits.enumerated().map { line($0, wait: $1) + "\n" }.joined())
        let sink = try LineSink.file("\(scratch.path)/out")
        let sums = try await stream(concurrency: concurrency, window: 300).run([ReadableFile(input)], into: sink)
        #expect(sums.lines == 2000)
        #expect(try ids(scratch.text("out")) == (0..<2000).map { "r\($0)" })
    }

    @Test("keeps going when what is kept behind a slow line is more than may be kept")
    func keptBytes() async throws {
        let input = try scratch.file("in", (0..<60).map { line($0, wait: $0 % 20 == 0 ? 50 : 0) + "\n" }.joined())
        let sink = try LineSink.file("\(scratch.path)/out")
        let sums = try await stream(windowBytes: 100).run([ReadableFile(input)], into: sink)
        #expect(sums.lines == 60)
        #expect(try ids(scratch.text("out")) == (0..<60).map { "r\($0)" })
    }

    @Test("scores a line of a pipe without waiting for the next", arguments: [nil, 0])
    func pipe(wait: Int?) async throws {
        var ends: [Int32] = [0, 0]
        try #require(Glibc.pipe(&ends) == 0)
        let input = try ReadableFile("/proc/self/fd/\(ends[0])")
        close(ends[0])
        let sink = try LineSink.file("\(scratch.path)/out")
        async let sums = stream().run([input], into: sink)
        for index in 0..<3 {
            // The blank line behind it belongs to nobody and must not be waited behind.
            let text = Array((line(index, wait: wait) + "\n\n").utf8)
            try #require(write(ends[1], text, text.count) == text.count)
            while try ids(scratch.text("out")).count <= index { try await Task.sleep(for: .milliseconds(1)) }
        }
        close(ends[1])
        #expect(try await sums.lines == 3)
    }

    @Test("goes on when one slow line fills the window behind it")
    func window() async throws {
        let input = try scratch.file("in", (0..<100).map { line($0, wait: $0 == 0 ? 100 : 0) + "\n" }.joined())
        let sink = try LineSink.file("\(scratch.path)/out")
        let sums = try await stream(window: 3).run([ReadableFile(input)], into: sink)
        #expect(sums.lines == 100)
        #expect(try ids(scratch.text("out")).count == 100)
    }

    @Test("scores the other lines when one is broken, and says where it stands")
    func broken() async throws {
        let text = [line(0), "{\"id\": \"x\",", "", #"{"id":"y"}"#, line(3), "[1"].joined(separator: "\n")
        let input = try scratch.file("in.jsonl", text)
        let sink = try LineSink.file("\(scratch.path)/out")
        let problems = Mutex<[String]>([])
        let sums = try await stream().run(
            [ReadableFile(input)],
            into: sink,
            observer: ScoreObserver(problem: { problem in problems.withLock { $0.append(problem) } })
        )
        #expect(sums.lines == 5)
        #expect(sums.unreadable == 3)
        #expect(sums.scored == 2)
        let places = problems.withLock { $0 }.map { $0.dropFirst(scratch.path.count + 1) }
        #expect(places.map { $0.prefix(10) } == ["in.jsonl:2", "in.jsonl:4", "in.jsonl:6"])
        let lines = try scratch.text("out").split(separator: "\n").map { try JSONValue.parse(String($0)) }
        #expect(lines.map { $0["id"] } == ["r0", nil, "y", "r3", nil].map { $0.map { .string($0) } ?? .null })
        #expect(lines.map { $0["infra_error"]?.integer } == [0, 1, 1, 0, 1])
        #expect(lines.map { $0["reward"]?.isNull } == [false, true, true, false, true])
        #expect(Set(lines.map { $0.object?.keys ?? [] }).count == 1, "every line has the same keys in the same order")
    }

    @Test("goes on behind the whole lines and cuts the torn one", arguments: [0, 1, 7, 20])
    func resume(whole: Int) async throws {
        let input = try scratch.file("in", (0..<20).map { line($0) + "\n" }.joined())
        let whole20 = try LineSink.file("\(scratch.path)/reference")
        _ = try await stream().run([ReadableFile(input)], into: whole20)
        let reference = try scratch.text("reference")
        let kept = reference.split(separator: "\n").prefix(whole).map { $0 + "\n" }.joined()
        let output = try scratch.file("out", kept + (whole < 20 ? #"{"id":"r9","rew"# : ""))

        let point = try ResumePoint(readingOutput: output)
        #expect(point.lines == whole)
        let sink = try LineSink.file(output, keeping: point.bytes)
        let sums = try await stream().run([ReadableFile(input)], into: sink, after: point)
        #expect(sums.lines == 20)
        #expect(sums.resumedLines == whole)
        #expect(sums.rewardSum == 190)
        #expect(try scratch.text("out") == reference)
    }

    @Test("refuses to go on behind the output of another input")
    func foreignResume() async throws {
        let first = try scratch.file("first", (0..<3).map { line($0) + "\n" }.joined())
        let second = try scratch.file("second", (5..<9).map { line($0) + "\n" }.joined())
        let output = "\(scratch.path)/out"
        _ = try await stream().run([ReadableFile(first)], into: LineSink.file(output))
        let before = try scratch.text("out")
        let point = try ResumePoint(readingOutput: output)
        let sink = try LineSink.file(output, keeping: point.bytes)
        await #expect(throws: PipelineError.self) {
            _ = try await stream().run([ReadableFile(second)], into: sink, after: point)
        }
        #expect(try scratch.text("out") == before)
    }

    @Test("refuses to go on behind a file of something else, and leaves it as it is")
    func resumeOfNotes() throws {
        let notes = try scratch.file("notes.txt", "hello\nworld")
        #expect(throws: PipelineError.self) { try ResumePoint(readingOutput: notes) }
        #expect(try scratch.text("notes.txt") == "hello\nworld")
    }

    @Test("ends with one error when the disk is full")
    func fullDisk() async throws {
        let input = try scratch.file("in", (0..<500).map { line($0) + "\n" }.joined())
        let sink = try LineSink.file("/dev/full")
        let error = await #expect(throws: PipelineError.self) {
            _ = try await stream(window: 4).run([ReadableFile(input)], into: sink)
        }
        #expect(error?.message == "cannot write '/dev/full': No space left on device")
    }

    @Test("ends with the error of a run that nobody can judge, behind the lines before it")
    func noJudge() async throws {
        let input = try scratch.file("in", (0..<300).map { line($0, wait: nil) + "\n" }.joined())
        let sink = try LineSink.file("\(scratch.path)/out")
        let broken = ScoreStream(componentNames: [], options: .init(concurrency: 2)) { line throws(TaskError) in
            let value = try Self.value(of: line)["value"]?.integer
            if value == 200 {
                return .toRun { () throws(PipelineError) in throw PipelineError(.noSandbox, "no sandbox") }
            }
            return .scored(ScoreLine(id: value.map { "r\($0)" }, reward: 0, components: [], verdict: .accepted))
        }
        let error = await #expect(throws: PipelineError.self) {
            _ = try await broken.run([ReadableFile(input)], into: sink)
        }
        #expect(error?.kind == .noSandbox)
        let written = try ids(scratch.text("out"))
        #expect(written.count <= 200)
        #expect(written == (0..<written.count).map { "r\($0)" })
    }

    @Test("refuses to write over its input")
    func outputIsInput() throws {
        let input = try scratch.file("in", line(0))
        let file = try ReadableFile(input)
        #expect(throws: PipelineError.self) { try LineSink.file("\(scratch.path)/./in", inputs: [file]) }
        #expect(try scratch.text("in") == line(0))
    }

    @Test("leaves whole lines behind when a write stops in the middle of one")
    func tornWrite() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchFolder()
            let sink = try LineSink.file("\(scratch.path)/out")
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 12, rlim_max: 12)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            #expect(throws: PipelineError.self) { try sink.write(Array("one2\ntwo3\nthree\n".utf8)) }
            #expect(try scratch.text("out") == "one2\ntwo3\n")
        }
    }

    @Test("lets no line through once it is sealed")
    func sealed() throws {
        let sink = try LineSink.file("\(scratch.path)/out")
        try sink.write(Array("one\n".utf8))
        sink.seal()
        #expect(throws: PipelineError.self) { try sink.write(Array("two\n".utf8)) }
        #expect(try scratch.text("out") == "one\n")
    }
}
