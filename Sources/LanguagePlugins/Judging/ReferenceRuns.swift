import Tasks

/// What the original programs of backward tasks do on hidden inputs; a group of answers to one task asks once.
final class ReferenceRuns: Sendable {
    private let known = SharedWork<Digest, [Truth]>(count: 128, capacity: 64 << 20) { _, truths in
        truths.reduce(512) { $0 + $1.stdout.utf8.count + $1.stderr.utf8.count }
    }

    /// What the program as it was does on each hidden input.
    ///
    /// - Throws: `PluginError` when it cannot be run, or when a run of it meets a limit: then there is no truth.
    func truths(of task: CodeTask, runner: ProgramRunner) async throws(PluginError) -> [Truth] {
        try await known.value(of: Self.key(of: task)) { () async throws(PluginError) -> [Truth] in
            try await Self.truths(of: task, runner: runner)
        }.value
    }

    private static func truths(of task: CodeTask, runner: ProgramRunner) async throws(PluginError) -> [Truth] {
        let program = SourceProgram(language: task.language, source: Array(task.program.utf8), files: task.files)
        let outcomes = try await runner.run(
            task.hiddenInputs.map { RunRequest(program: program, input: $0, limits: task.limits) }, sharing: nil)
        var truths: [Truth] = []
        for (index, outcome) in outcomes.enumerated() {
            guard let record = outcome.record, [.accepted, .runtimeError].contains(record.verdict) else {
                let verdict = outcome.record?.verdict ?? .compileError
                throw PluginError(
                    .request, "the program itself gives \(verdict.rawValue) on hidden input \(index + 1)")
            }
            let failure = record.verdict == .accepted ? nil : record.failure ?? Failure()
            truths.append(
                Truth(
                    stdout: record.stdoutText, stderr: record.stderrText, exitCode: record.exitCode ?? -1,
                    failure: failure))
        }
        return truths
    }

    private static func key(of task: CodeTask) -> Digest {
        var hash = SHA256()
        // Everything that the runs depend on; what is being asked does not matter.
        hash.update(field: Array(task.language.utf8))
        hash.update(field: Array(task.program.utf8))
        hash.update(field: Array("\(String(describing: task.limits))".utf8))
        for (path, content) in task.files.sorted(by: { $0.key < $1.key }) {
            hash.update(field: Array(path.utf8))
            hash.update(field: content)
        }
        for input in task.hiddenInputs {
            hash.update(field: input.stdin)
            hash.update(field: Array("\(input.arguments) \(input.call ?? "") \(input.edits)".utf8))
        }
        return hash.finalize()
    }
}
