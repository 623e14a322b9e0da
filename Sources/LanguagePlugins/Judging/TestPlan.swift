import JSON
import Tasks

/// How one test case is run, and how what it printed is read.
struct TestPlan: Sendable {
    /// The run.
    let request: RunRequest
    private let kind: TestCase.Kind
    private let nonce: String
    private let hasMarker: Bool

    /// Plans a test case of a program.
    ///
    /// - Parameter nonce: A text that the program cannot know.
    init(_ test: TestCase, of program: SourceProgram, limits: TaskLimits?, plugin: LanguagePlugin, nonce: String) {
        kind = test.kind
        self.nonce = nonce
        let limits = limits.overridden(by: test.limits)
        switch test.kind {
        case .stdin:
            hasMarker = false
            request = RunRequest(program: program, input: test.input, limits: limits)
        case .call(let functionName, let arguments):
            hasMarker = true
            let call: JSONValue = .object([
                "nonce": .string(nonce),
                "source": .string(plugin.manifest.source.name(for: program.source)),
                "function": .string(functionName),
                "arguments": .array(arguments),
            ])
            var input = test.input
            input.stdin = Array((call.serialized() + "\n").utf8) + input.stdin
            request = RunRequest(program: program, input: input, limits: limits, mode: .call)
        case .program(let code):
            hasMarker = plugin.manifest.endMarker != nil
            var program = program
            let marker = plugin.manifest.endMarker?.filled([.marker: nonce]) ?? ""
            program.source += Array("\n\(code)\n\(marker)\n".utf8)
            request = RunRequest(program: program, input: test.input, limits: limits)
        }
    }

    /// What the test is judged by.
    enum Answer: Sendable, Hashable {
        /// The program ended before its test did.
        case unfinished
        /// What it printed.
        case output([UInt8])
        /// What its function returned, as JSON.
        case result(String)
    }

    /// Reads what a run printed, and takes the nonce out of it.
    func answer(of record: inout ExecutionRecord) -> Answer {
        guard hasMarker else { return .output(record.stdout) }
        guard let frame = Self.lastIndex(of: Array(nonce.utf8), in: record.stdout) else { return .unfinished }
        let rest = record.stdout[(frame + nonce.utf8.count)...]
        record.stdout = Array(record.stdout[..<frame])
        // The line feed before the frame is the harness's.
        if record.stdout.last == 0x0A, case .call = kind { record.stdout.removeLast() }
        guard case .call = kind else {
            // The marker is the last statement: a program that prints behind it did not end there.
            return rest.allSatisfy { $0 == 0x0A || $0 == 0x0D } ? .output(record.stdout) : .unfinished
        }
        return .result(String(decoding: rest.prefix { $0 != 0x0A }, as: UTF8.self))
    }

    private static func lastIndex(of text: [UInt8], in bytes: [UInt8]) -> Int? {
        var start = bytes.count - text.count
        while start >= 0 {
            if bytes[start] == text[0], bytes[start...].starts(with: text) { return start }
            start -= 1
        }
        return nil
    }
}

extension TaskLimits? {
    /// These limits, with those of one test in their places.
    fileprivate func overridden(by other: TaskLimits?) -> TaskLimits? {
        guard let other else { return self }
        guard let limits = self else { return other }
        return TaskLimits(
            cpuTime: other.cpuTime ?? limits.cpuTime,
            wallTime: other.wallTime ?? limits.wallTime,
            memory: other.memory ?? limits.memory,
            output: other.output ?? limits.output,
            processes: other.processes ?? limits.processes)
    }
}
