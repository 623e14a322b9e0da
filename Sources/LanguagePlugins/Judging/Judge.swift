public import Tasks

/// Executes an answer and says what came of it; the expected output stays on this side of the sandbox.
public struct Judge: Sendable {
    let runner: ProgramRunner
    let stopsAtFirstFailure: Bool
    let references = ReferenceRuns()

    /// Makes a judge.
    ///
    /// - Parameter stopsAtFirstFailure: Whether tests behind the first that fails are left out; a pass rate needs
    ///   them all.
    public init(runner: ProgramRunner, stopsAtFirstFailure: Bool = false) {
        self.runner = runner
        self.stopsAtFirstFailure = stopsAtFirstFailure
    }

    /// Judges one answer.
    ///
    /// - Returns: What came of it; `internal_error` with a reason when we failed, which is no property of the answer.
    public func judge(_ task: CodeTask, _ extraction: Extraction) async -> Judgement {
        do throws(PluginError) {
            switch task.kind {
            case .forward: return try forward(task, extraction)
            case .backward: return try await backward(task, extraction)
            case .tests: return try await tests(task, extraction)
            case .free: return try await free(task, extraction)
            }
        } catch {
            return Judgement(verdict: .internalError, infraReason: error.description)
        }
    }

    /// Judges an answer for which nothing has to be executed.
    ///
    /// - Returns: nil when something has.
    public func judgeWithoutRunning(_ task: CodeTask, _ extraction: Extraction) -> Judgement? {
        guard task.kind == .forward else { return nil }
        do throws(PluginError) {
            return try forward(task, extraction)
        } catch {
            return Judgement(verdict: .internalError, infraReason: error.description)
        }
    }

    /// Compares a predicted stdout with the truth; nothing is executed, and what it is worth is for the rewards to say.
    private func forward(_ task: CodeTask, _ extraction: Extraction) throws(PluginError) -> Judgement {
        guard let truth = task.truth else { throw PluginError(.request, "the task has no truth to compare with") }
        guard extraction.requiredBlocks.contains(where: extraction.has) else { return Judgement(verdict: .noAnswer) }
        let stdout = extraction.blocks[AnswerFormat.stdoutBlock]
        let isRight = stdout.map { task.comparator.matchesPrediction($0, expected: truth.stdout) } ?? false
        return Judgement(verdict: isRight ? .accepted : .wrongAnswer)
    }

    /// A program of the policy's own on the shown input.
    private func free(_ task: CodeTask, _ extraction: Extraction) async throws(PluginError) -> Judgement {
        guard let code = extraction.code else { return Judgement(verdict: .noAnswer) }
        let request = RunRequest(program: program(task, code), input: task.shownInput, limits: task.limits)
        let outcomes = try await runner.run([request])
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
        return judgement
    }

    /// The program that an answer makes of a task.
    func program(_ task: CodeTask, _ code: String) -> SourceProgram {
        let source = task.program.isEmpty ? code : task.program + "\n" + code
        return SourceProgram(language: task.language, source: Array(source.utf8), files: task.files)
    }
}

extension Judgement {
    /// What runs of one program have in common; the verdict is that of the compilation.
    init(_ outcomes: [RunOutcome]) {
        self.init(
            verdict: outcomes.contains { $0.record == nil } ? .compileError : .accepted,
            compile: outcomes.first { $0.compile?.verdict == .compileError }?.compile ?? outcomes.first?.compile,
            executionTime: outcomes.reduce(.zero) { $0 + ($1.record?.usage.wallTime ?? .zero) },
            queueTime: outcomes.reduce(.zero) { $0 + $1.queueTime })
    }
}
