import Tasks

/// An answer in the shape of a truth: predicted by a forward task's blocks, or done by a backward task's program.
struct Claim: Sendable {
    /// What is printed; nil when that was not answered.
    var stdout: String?
    /// What is printed to the error stream; nil when that was not answered.
    var stderr: String?
    /// Whether the program fails.
    var hasFailed: Bool
    /// The error it fails with.
    var failure: Failure?
    /// The exit status, which only a run has.
    var exitCode: Int32?

    /// The prediction in a completion.
    ///
    /// It claims an error when its stderr block looks like one, or says anything where the truth says nothing.
    init(predictedIn extraction: Extraction, truth: Truth?) {
        stdout = extraction.blocks[AnswerFormat.stdoutBlock]
        stderr = extraction.blocks[AnswerFormat.stderrBlock]
        failure = stderr.flatMap(ErrorReport.read)
        guard let stderr, !stderr.isBlank else {
            hasFailed = false
            return
        }
        guard let truth, !truth.isFailure, !truth.stderr.isBlank else {
            hasFailed = true
            return
        }
        let truthLooksFailed = ErrorReport.read(truth.stderr)?.type != nil
        hasFailed = failure?.type != nil && !truthLooksFailed
    }

    /// What a run did; one that had to be stopped has no output worth a comparison.
    init(ranAs record: ExecutionRecord) {
        switch record.verdict {
        case .accepted, .wrongAnswer, .runtimeError, .compileError:
            stdout = record.stdoutText
            stderr = record.stderrText
        default: break
        }
        failure = record.failure
        exitCode = record.exitCode
        hasFailed = failure != nil || record.signal != nil || (record.exitCode ?? 0) != 0 || stdout == nil
    }
}

extension String {
    /// Whether there is nothing to see in the text.
    var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
}
