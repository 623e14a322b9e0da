import JSON
public import Tasks

/// A program on an input on which it was seen once.
public struct SeenRun: Sendable {
    /// The program.
    public var program: SourceProgram
    /// The input.
    public var input: ProgramInput
    /// What it did.
    public var observation: ProgramObservation

    /// Makes one.
    public init(program: SourceProgram, input: ProgramInput, observation: ProgramObservation) {
        self.program = program
        self.input = input
        self.observation = observation
    }
}

extension ProgramRunner {
    /// The longest that a program may have taken to be run with others.
    private static let longestTogether = Duration.milliseconds(100)

    /// Whether a run may be repeated in a process that runs other programs as well.
    ///
    /// It ended by itself, soon, and the program names nothing by which it could tell or meet what another one left.
    public func canRunTogether(_ run: SeenRun) -> Bool {
        guard let harness = registry.plugin(named: run.program.language)?.manifest.rerunner,
            run.program.files.isEmpty, run.input.arguments.isEmpty, scratch == .ownTmp, verdicts == nil,
            let usual = run.observation.usual, usual.signal == nil, [0, 1].contains(usual.exitCode),
            usual.usage.cpuTime < Self.longestTogether
        else { return false }
        return !harness.aloneWords.isMentioned(in: run.program.source)
            && run.input.call.map { harness.aloneWords.isMentioned(in: Array($0.utf8)) } != true
    }

    /// Runs programs of one language once more, all in one process, in the surroundings of a second look.
    ///
    /// What comes back is worth something only where it is what was seen before: one program may have disturbed the next.
    ///
    /// - Returns: What each printed and its exit status; nil where that was not told.
    /// - Throws: `PluginError` for a language without a harness for it, and a sandbox that failed twice.
    public func observeTogether(_ runs: [SeenRun], language: String) async throws(PluginError) -> [ExecutionRecord?] {
        let plugin = try registry.availablePlugin(named: language)
        let file = plugin.manifest.source.name
        var input: [UInt8] = []
        for run in runs {
            let request = RunRequest(program: run.program, input: run.input)
            let code = String(decoding: try Self.stitched(request, plugin).source, as: UTF8.self)
            // An input that is no text gives another one here, and so another output, and the program is run alone.
            let stdin = String(decoding: run.input.stdin, as: UTF8.self)
            let line = JSONValue.object(["code": .string(code), "stdin": .string(stdin)])
            input += line.serializedBytes() + [UInt8(ascii: "\n")]
        }
        let request = RunRequest(
            program: SourceProgram(language: language, source: []), input: ProgramInput(stdin: input),
            limits: TaskLimits(cpuTime: .seconds(5), memory: 512 << 20, output: 16 << 20), mode: .rerun,
            surroundings: .other)
        var records = [ExecutionRecord?](repeating: nil, count: runs.count)
        // Who was not answered because one before it ended the process is run alone.
        let answers = try await self.run([request]).first?.record?.stdout ?? []
        let rule = VirtualPaths(.other, scratch: scratch, file: file)
        for line in answers.split(separator: UInt8(ascii: "\n")) {
            guard let object = (try? JSONValue.parse(Array(line)))?.object,
                let place = object["place"]?.integer.map(Int.init), records.indices.contains(place),
                let stdout = object["stdout"]?.string, let stderr = object["stderr"]?.string,
                let exit = object["exit"]?.integer, let code = Int32(exactly: exit)
            else { continue }
            records[place] = ExecutionRecord(
                verdict: code == 0 ? .accepted : .runtimeError, stdout: rule.applied(to: Array(stdout.utf8)),
                stderr: rule.applied(to: Array(stderr.utf8)), exitCode: code)
        }
        return records
    }
}
