public import Tasks

/// Executes an answer and says what came of it; the expected output stays on this side of the sandbox.
///
/// All that one judge judges is one batch: what is equal in it runs once. Slots go round between requesters, so who
/// serves several gives each a `Requester` and a judge of its own.
public struct Judge: Sendable {
    /// Who is told of each verdict on an input as soon as it is there, with the place of the input among the tests, or
    /// for tasks without tests 0 for the shown input and the hidden ones behind it.
    ///
    /// With an early stop it may be told of an input that the judgement leaves out, for it ended before an earlier one
    /// failed.
    public typealias CaseObserver = @Sendable (Int, CaseResult) async -> Void

    let runner: ProgramRunner
    let stopsAtFirstFailure: Bool
    let references = ReferenceRuns()
    let runs = SharedRuns.batch()

    /// Makes a judge.
    ///
    /// - Parameter stopsAtFirstFailure: Whether tests behind the first that fails are left out, and killed where they
    ///   run already; a pass rate needs them all.
    public init(runner: ProgramRunner, stopsAtFirstFailure: Bool = false) {
        self.runner = runner
        self.stopsAtFirstFailure = stopsAtFirstFailure
    }

    /// Judges one answer; when the task is cancelled, everything that it runs is killed.
    ///
    /// - Parameter onCase: Told of each verdict on an input as soon as it is there.
    /// - Returns: What came of it; `internal_error` with a reason when we failed, which is no property of the answer.
    public func judge(
        _ task: CodeTask, _ extraction: Extraction, onCase: @escaping CaseObserver = { _, _ in }
    ) async -> Judgement {
        do throws(PluginError) {
            switch task.kind {
            case .forward: return try Self.forward(task, extraction)
            case .backward: return try await backward(task, extraction, onCase)
            case .input: return try await input(task, extraction, onCase)
            case .repair, .tests: return try await tests(task, extraction, onCase)
            case .free: return try await free(task, extraction, onCase)
            }
        } catch {
            return Judgement(verdict: .internalError, infraReason: error.description)
        }
    }

    /// Judges an answer for which nothing has to be executed.
    ///
    /// - Returns: nil when something has.
    public static func judgeWithoutRunning(_ task: CodeTask, _ extraction: Extraction) -> Judgement? {
        guard task.kind == .forward else { return nil }
        do throws(PluginError) {
            return try forward(task, extraction)
        } catch {
            return Judgement(verdict: .internalError, infraReason: error.description)
        }
    }

    /// Compares a predicted stdout with the truth; nothing is executed, and what it is worth is for the rewards to say.
    private static func forward(_ task: CodeTask, _ extraction: Extraction) throws(PluginError) -> Judgement {
        guard let truth = task.truth else { throw PluginError(.request, "the task has no truth to compare with") }
        guard extraction.requiredBlocks.contains(where: extraction.has) else { return Judgement(verdict: .noAnswer) }
        let stdout = extraction.blocks[AnswerFormat.stdoutBlock]
        let isRight = stdout.map { task.comparator.matchesPrediction($0, expected: truth.stdout) } ?? false
        return Judgement(verdict: isRight ? .accepted : .wrongAnswer)
    }

    /// A program of the policy's own on the shown input.
    private func free(_ task: CodeTask, _ extraction: Extraction, _ onCase: CaseObserver) async throws(PluginError)
        -> Judgement
    {
        guard let code = extraction.code else { return Judgement(verdict: .noAnswer) }
        let request = RunRequest(program: program(task, code), input: task.shownInput, limits: task.limits)
        let outcomes = try await runner.run([request], sharing: runs)
        var judgement = Judgement(outcomes)
        judgement.shown = outcomes.first?.record
        if let record = outcomes.first?.record {
            judgement.verdict = record.verdict
            if record.verdict == .accepted, let truth = task.truth {
                let isRight = try await isRight(
                    record, expected: truth.stdout, input: task.shownInput, comparator: task.comparator)
                judgement.verdict = isRight ? .accepted : .wrongAnswer
            }
        }
        await onCase(0, CaseResult(name: "shown", verdict: judgement.verdict, record: judgement.shown))
        return judgement
    }

    /// The program that an answer makes of a task: the answer behind what the task begins with, or in the place of what
    /// is broken.
    func program(_ task: CodeTask, _ code: String) -> SourceProgram {
        let source = task.program.isEmpty || task.kind == .repair ? code : task.program + "\n" + code
        return SourceProgram(language: task.language, source: Array(source.utf8), files: task.files)
    }
}

extension Judgement {
    /// What runs of one program have in common; the verdict is that of the compilation.
    init(_ outcomes: [RunOutcome]) {
        self.init(
            verdict: outcomes.contains { $0.record == nil } ? .compileError : .accepted,
            compile: outcomes.compile,
            executionTime: outcomes.reduce(.zero) { $0 + $1.executionTime },
            queueTime: outcomes.reduce(.zero) { $0 + $1.queueTime })
    }
}
