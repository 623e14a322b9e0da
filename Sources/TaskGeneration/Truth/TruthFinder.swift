import LanguagePlugins
import Tasks

/// Finds out by executing it what a program does, and whether it always does that.
struct TruthFinder: Sendable {
    let runner: ProgramRunner
    let policy: TruthPolicy
    /// Who runs many programs of the language at once; nil runs each alone.
    var joint: JointLooks?

    /// What a program does on each input, seen among others; nil where it has to be run alone.
    ///
    /// - Parameter isAgain: Whether it was seen so before, and is now looked at in the usual surroundings.
    func jointLooks(
        at program: SourceProgram, inputs: [ProgramInput], isAgain: Bool = false
    ) async -> [ExecutionRecord?] {
        guard let desk = isAgain ? joint?.again : joint?.first else { return inputs.map { _ in nil } }
        return await withTaskGroup(of: (Int, ExecutionRecord?).self) { group in
            for (index, input) in inputs.enumerated() {
                let run = JointRun(program: program, input: input)
                if runner.isSelfContained(run) { group.addTask { (index, await desk.look(run)) } }
            }
            return await group.reduce(into: inputs.map { _ in nil }) { $0[$1.0] = $1.1 }
        }
    }

    /// What a program does on each input, seen once, each time in a process of its own.
    func looks(
        at program: SourceProgram, inputs: [ProgramInput], limits: TaskLimits
    ) async throws(PluginError) -> [ProgramObservation] {
        try await runner.observe(program, inputs: inputs, limits: limits)
    }

    /// The truth that what was seen of a program would be; nil when it would be none.
    func hope(_ seen: ProgramObservation, of program: SourceProgram) -> Truth? {
        try? truth(of: seen, language: program.language).get()
    }

    /// What a program does on each input on which it was seen alone, or why that is no truth.
    ///
    /// It is executed once more, in surroundings that differ, unless it was or what was seen is no truth anyhow.
    ///
    /// - Returns: The truths in the order of what was seen, and how many runs they took.
    func truths(of program: SourceProgram, seen: [(input: ProgramInput, observation: ProgramObservation)])
        async throws(PluginError) -> (truths: [Result<Truth, Drop>], runs: Int)
    {
        let syntax = runner.registry.plugin(named: program.language)?.manifest.syntax
        let errors = ErrorTypes(syntax ?? ProgramSyntax())
        var truths = seen.map { seen -> Result<Truth, Drop> in
            if errors.isMissingModule(seen.observation) { return .failure(Drop(.missingModule)) }
            return truth(of: seen.observation, language: program.language).flatMap { truth in
                isAboutHost(truth, program) ? .failure(Drop(.hostDetail)) : .success(truth)
            }
        }
        let hopeful = seen.indices.filter { seen[$0].observation.usual != nil && (try? truths[$0].get()) != nil }
        let once = hopeful.filter { !Self.isSteady(seen[$0].observation) }
        let doubtful = await doubtful(program, once.map { ($0, seen[$0]) })
        let again = try await runner.observeAgain(program, seen: doubtful.map { seen[$0] }, limits: policy.limits)
        for (index, observation) in zip(doubtful, again) where !Self.isSteady(observation) {
            truths[index] = .failure(Drop(.nondeterministic))
        }
        return (truths, once.count)
    }

    /// Those that did not do the same again together with others, or cannot be run so.
    ///
    /// Together they share a process, and one could disturb the next: who did something else is looked at again alone.
    private func doubtful(
        _ program: SourceProgram, _ seen: [(index: Int, (input: ProgramInput, observation: ProgramObservation))]
    ) async -> [Int] {
        guard let desk = joint?.second else { return seen.map(\.index) }
        return await withTaskGroup(of: (Int, Bool).self) { group in
            for (index, (input, observation)) in seen {
                let run = JointRun(program: program, input: input)
                guard let usual = observation.usual, runner.canRunTogether(run, seen: usual) else {
                    group.addTask { (index, false) }
                    continue
                }
                group.addTask {
                    var observation = observation
                    observation.other = await desk.look(run)
                    return (index, Self.isSteady(observation))
                }
            }
            return await group.reduce(into: []) { if !$1.1 { $0.append($1.0) } }.sorted()
        }
    }

    // MARK: -

    /// Whether a truth says something about this host that the program does not say itself.
    private func isAboutHost(_ truth: Truth, _ program: SourceProgram) -> Bool {
        let told = policy.hostTexts.filter { truth.stdout.contains($0) || truth.stderr.contains($0) }
        if told.isEmpty { return false }
        let code = String(decoding: program.source, as: UTF8.self)
        return told.contains { !code.contains($0) }
    }

    /// Whether both runs did the same.
    static func isSteady(_ observation: ProgramObservation) -> Bool {
        guard let usual = observation.usual, let other = observation.other else { return false }
        return other.verdict == usual.verdict && other.stdout == usual.stdout && other.exitCode == usual.exitCode
            && other.signal == usual.signal && other.stderr == usual.stderr
    }

    /// The truth that a first run would be.
    private func truth(of observation: ProgramObservation, language: String) -> Result<Truth, Drop> {
        if let reason = Self.reason(for: observation.verdict), observation.verdict != .compileError {
            return .failure(Drop(reason))
        }
        let truth: Truth
        if let usual = observation.usual {
            guard !usual.stdoutTruncated, !usual.stderrTruncated else { return .failure(Drop(.longOutput)) }
            guard let stdout = Self.text(usual.stdout), let stderr = Self.text(usual.stderr) else {
                return .failure(Drop(.binaryOutput))
            }
            truth = Truth(
                stdout: stdout, stderr: stderr, exitCode: usual.exitCode ?? -1,
                failure: usual.verdict == .accepted ? nil : usual.failure ?? Failure())
        } else if let compile = observation.compile {
            // A compiler that said nothing, or was ended, told nothing of the program; our own words are no truth.
            guard compile.remark.isEmpty else { return .failure(Drop(.compileError)) }
            guard let stderr = Self.text(compile.stderr + compile.stdout) else { return .failure(Drop(.binaryOutput)) }
            truth = Truth(stdout: "", stderr: stderr, exitCode: 1, failure: observation.compileFailure ?? Failure())
        } else {
            return .failure(Drop(.sandbox))
        }
        return reason(against: truth, language: language).map { .failure(Drop($0)) } ?? .success(truth)
    }

    private func reason(against truth: Truth, language: String) -> DropReason? {
        guard truth.stdout.utf8.count <= policy.outputBytes, truth.stderr.utf8.count <= policy.outputBytes else {
            return .longOutput
        }
        if !policy.keepsEmptyOutput, !truth.isFailure, truth.stdout.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x0A }) {
            return .emptyOutput
        }
        if policy.fences == .drop, Self.hasFence(truth.stdout) || Self.hasFence(truth.stderr) { return .fences }
        if truth.isFailure, let kept = policy.keptErrors[language] {
            guard let type = truth.failure?.type, kept.contains(type) else { return .errorNotKept }
        }
        return nil
    }

    /// Why a run with this verdict has no truth; nil when it has one.
    static func reason(for verdict: Verdict) -> DropReason? {
        switch verdict {
        case .accepted, .runtimeError: nil
        case .compileError: .compileError
        case .timeLimitExceeded: .timeLimit
        case .memoryLimitExceeded: .memoryLimit
        case .outputLimitExceeded: .outputLimit
        case .processLimitExceeded, .disallowedSyscall: .forbidden
        case .wrongAnswer, .noAnswer, .internalError: .sandbox
        }
    }

    /// The text that bytes are; nil when they are none that a prompt could hold.
    private static func text(_ bytes: [UInt8]) -> String? {
        let isText = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }
        return isText ? String(validating: bytes, as: UTF8.self) : nil
    }

    private static func hasFence(_ text: String) -> Bool {
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            if run == 3 { return true }
        }
        return false
    }
}
