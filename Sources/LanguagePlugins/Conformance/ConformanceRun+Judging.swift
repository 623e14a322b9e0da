import Tasks

extension ConformanceRun {
    /// What a trial comes to.
    func judged(_ name: String, _ trial: ConformanceTrial, _ report: ProgramReport) -> ConformanceRow {
        guard let record = report.runs.first else { return refused(name, trial, report.compile) }
        var row = ConformanceRow(name, .passed, verdict: record.verdict, wallTime: record.usage.wallTime)
        var verdict = record.verdict
        if let stdout = trial.stdout, verdict == .accepted,
            Comparator.trimmed.matches(actual: record.stdoutText, expected: stdout) != true
        {
            verdict = .wrongAnswer
            row.verdict = verdict
        }
        guard trial.verdicts.contains(verdict) else {
            row.state = .failed
            row.detail = Self.story(of: record, wanted: trial)
            row.advice = ConformanceAdvice.onVerdict(
                record.verdict, wanted: trial.verdicts[0], phaseIsCompiling: false)
            return row
        }
        if let exitCode = trial.exitCode, record.exitCode != exitCode {
            row.state = .failed
            row.detail = "wanted the exit status \(exitCode): \(Self.story(of: record, wanted: trial))"
            row.advice = "pass the program's own exit status on"
        }
        if trial.tellsFailure {
            check(record.failure, against: trial, record.stderr, compiling: false, &row)
        }
        return row
    }

    /// What many runs of one trial come to: each must be as the first.
    func equal(_ name: String, _ trial: ConformanceTrial, _ report: ProgramReport) -> ConformanceRow {
        var row = judged(name, trial, report)
        guard row.state == .passed, let first = report.runs.first else { return row }
        let differs = report.runs.firstIndex {
            $0.verdict != first.verdict || $0.exitCode != first.exitCode || $0.stdout != first.stdout
                || $0.stderr != first.stderr
        }
        if let differs {
            row.state = .failed
            row.verdict = report.runs[differs].verdict
            row.detail = "run \(differs + 1) differs: \(Self.story(of: report.runs[differs], wanted: trial))"
            row.advice = "find what varies: a seed for hashes, a time, an address; set it in environment"
        }
        return row
    }

    private func refused(_ name: String, _ trial: ConformanceTrial, _ record: CompileRecord?) -> ConformanceRow {
        var row = ConformanceRow(name, .passed, verdict: .compileError, wallTime: record?.wallTime)
        let complaint = record?.complaint ?? []
        guard trial.verdicts.contains(.compileError) else {
            row.state = .failed
            row.detail = Self.tail(complaint)
            row.advice = ConformanceAdvice.onVerdict(
                .compileError, wanted: trial.verdicts[0], phaseIsCompiling: true)
            return row
        }
        guard trial.tellsFailure else { return row }
        let failure = ErrorReport.failure(in: complaint, rules: plugin.manifest.errors.compile, file: trial.file)
        check(failure, against: trial, complaint, compiling: true, &row)
        return row
    }

    private func check(
        _ found: Failure?, against trial: ConformanceTrial, _ stderr: [UInt8], compiling: Bool,
        _ row: inout ConformanceRow
    ) {
        if let wanted = trial.failure, let found, Self.matches(found, wanted) { return }
        row.state = .failed
        row.detail = "its error was read as \(ConformanceAdvice.text(found))"
        if let wanted = trial.failure { row.detail += ", wanted \(ConformanceAdvice.text(wanted))" }
        row.detail += "; it printed:\n\(Self.tail(stderr))"
        row.advice = ConformanceAdvice.onFailure(
            found, wanted: trial.failure,
            field: row.name == ConformanceCheck.rejection.rawValue ? "rejection" : "runtime_error",
            rules: compiling ? "errors.compile" : "errors.run")
    }

    /// Whether what was read is what was wanted; fields that are not wanted do not matter.
    private static func matches(_ found: Failure, _ wanted: Failure) -> Bool {
        if let type = wanted.type, type != found.type { return false }
        if let line = wanted.line, line != found.line { return false }
        if let message = wanted.message, found.message?.contains(message) != true { return false }
        return true
    }

    private static func story(of record: ExecutionRecord, wanted trial: ConformanceTrial) -> String {
        let end = record.signal.map(SignalName.name) ?? record.exitCode.map { "exit \($0)" } ?? "stopped at a limit"
        var story = "\(record.verdict.rawValue), \(end)"
        if let stdout = trial.stdout, record.verdict == .accepted {
            story += "; wanted on stdout:\n\(tail(Array(stdout.utf8)))\nfound:\n\(tail(record.stdout))"
        } else {
            story += "; wanted \(trial.verdicts.map(\.rawValue).joined(separator: " or "))"
            if !record.stdout.isEmpty { story += "; stdout ends with:\n\(tail(record.stdout, 200))" }
        }
        if !record.stderr.isEmpty { story += "\nstderr ends with:\n\(tail(record.stderr))" }
        return story
    }

    private static func tail(_ bytes: [UInt8], _ count: Int = 600) -> String {
        String(decoding: bytes.suffix(count), as: UTF8.self)
    }
}
