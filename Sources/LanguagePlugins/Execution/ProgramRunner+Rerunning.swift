import JSON
public import Tasks

/// A program on an input, to be run among others in one process.
public struct JointRun: Sendable {
    /// The program.
    public var program: SourceProgram
    /// The input.
    public var input: ProgramInput

    /// Makes one.
    public init(program: SourceProgram, input: ProgramInput) {
        self.program = program
        self.input = input
    }
}

extension ProgramRunner {
    /// The longest that a program may have taken alone to be run with others.
    private static let longestTogether = Duration.milliseconds(100)
    /// The seconds of processor time that a program may take among others; what takes longer has a process of its own.
    private static let share = 0.5
    /// The same for one that nothing is known of, which may never end.
    private static let firstShare = 0.02
    /// How many processes may be ended by what runs in them before the rest is run alone.
    private static let mostProcesses = 4

    /// Whether a run may be repeated in a process that runs other programs as well.
    ///
    /// It ended by itself, soon, and the program names nothing by which it could tell or meet what another one left.
    ///
    /// - Parameter seen: What it did in a process of its own.
    public func canRunTogether(_ run: JointRun, seen: ExecutionRecord) -> Bool {
        guard let harness = harness(for: run), seen.signal == nil, [0, 1].contains(seen.exitCode),
            seen.usage.cpuTime < Self.longestTogether
        else { return false }
        return !run.mentions(harness.aloneWords)
    }

    /// Whether a run does the same in a process that runs other such programs as well, whatever they are.
    ///
    /// The program names nothing that lies outside of it, so it can neither meet nor change what others use.
    public func isSelfContained(_ run: JointRun) -> Bool {
        guard let harness = harness(for: run), !harness.reachWords.isEmpty,
            String(validating: run.input.stdin, as: UTF8.self) != nil
        else { return false }
        return !run.mentions(harness.aloneWords) && !run.mentions(harness.reachWords)
    }

    private func harness(for run: JointRun) -> RerunHarness? {
        guard run.program.files.isEmpty, run.input.arguments.isEmpty, scratch == .ownTmp, verdicts == nil else {
            return nil
        }
        return registry.plugin(named: run.program.language)?.manifest.rerunner
    }

    /// Runs programs of one language, all in one process.
    ///
    /// - Parameters:
    ///   - surroundings: Those of the look that it is; those of a second look by default.
    ///   - isFirst: Whether nothing is known of the programs, so that each may take a short while only.
    /// - Returns: What each printed and how it ended; nil for one that has to be run alone.
    /// - Throws: `PluginError` for a language without a harness for it, and a sandbox that failed twice.
    public func observeTogether(
        _ runs: [JointRun], language: String, in surroundings: Surroundings = .other, isFirst: Bool = false
    ) async throws(PluginError) -> [ExecutionRecord?] {
        let plugin = try registry.availablePlugin(named: language)
        var lines: [[UInt8]] = []
        for run in runs {
            let request = RunRequest(program: run.program, input: run.input)
            let code = String(decoding: try Self.stitched(request, plugin).source, as: UTF8.self)
            // An input that is no text gives another one here, and so another output, and the program is run alone.
            let stdin = String(decoding: run.input.stdin, as: UTF8.self)
            let line = JSONValue.object([
                "code": .string(code), "stdin": .string(stdin),
                "seconds": .number(isFirst ? Self.firstShare : Self.share),
            ])
            lines.append(line.serializedBytes() + [UInt8(ascii: "\n")])
        }
        var records: [ExecutionRecord?] = []
        for _ in 0..<Self.mostProcesses where records.count < runs.count {
            records += try await answers(to: lines[records.count...], plugin, surroundings)
            // Who ended the process is not answered; those behind it come into another one.
            if records.count < runs.count { records.append(nil) }
        }
        return records + Array(repeating: nil, count: runs.count - records.count)
    }

    /// What a process said of programs, up to the one that ended it.
    private func answers(
        to lines: ArraySlice<[UInt8]>, _ plugin: LanguagePlugin, _ surroundings: Surroundings
    ) async throws(PluginError) -> [ExecutionRecord?] {
        let request = RunRequest(
            program: SourceProgram(language: plugin.manifest.name, source: []),
            input: ProgramInput(stdin: Array(lines.joined())),
            limits: TaskLimits(cpuTime: .seconds(5), memory: 512 << 20, output: 16 << 20), mode: .rerun,
            surroundings: surroundings)
        let text = try await run([request]).first?.record?.stdout ?? []
        let file = plugin.manifest.source.name
        let rule = VirtualPaths(surroundings, scratch: scratch, file: file)
        var records: [ExecutionRecord?] = []
        for line in text.split(separator: UInt8(ascii: "\n")).prefix(lines.count) {
            guard let object = (try? JSONValue.parse(Array(line)))?.object,
                object["place"]?.integer.map(Int.init) == records.count
            else { break }
            records.append(Self.record(object, plugin.manifest, file: file, rule))
        }
        return records
    }

    private static func record(
        _ answer: JSONObject, _ manifest: PluginManifest, file: String, _ rule: VirtualPaths
    ) -> ExecutionRecord? {
        guard let stdout = answer["stdout"]?.string, let stderr = answer["stderr"]?.string,
            let exit = answer["exit"]?.integer, let code = Int32(exactly: exit)
        else { return nil }
        var record = ExecutionRecord(
            verdict: code == 0 ? .accepted : .runtimeError, stdout: rule.applied(to: Array(stdout.utf8)),
            stderr: rule.applied(to: Array(stderr.utf8)), exitCode: code)
        record.usage.cpuTime = .seconds(answer["seconds"]?.double ?? 0)
        if code != 0 {
            record.failure = ErrorReport.failure(in: Array(stderr.utf8), rules: manifest.errors.run, file: file)
        }
        return record
    }
}

extension JointRun {
    /// Whether the program or the call behind it mentions one of some words.
    fileprivate func mentions(_ words: WordSet) -> Bool {
        words.isMentioned(in: program.source) || input.call.map { words.isMentioned(in: Array($0.utf8)) } == true
            || input.edits.contains { words.isMentioned(in: Array($0.line.utf8)) }
    }
}
