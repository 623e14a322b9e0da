import Tasks

extension Judge {
    /// Whether a run printed what was expected.
    ///
    /// - Throws: `PluginError` when a checker cannot be run.
    func isRight(_ record: ExecutionRecord, expected: String, input: ProgramInput, comparator: Comparator)
        async throws(PluginError) -> Bool
    {
        if record.stdoutTruncated { return false }
        if let answer = comparator.matches(actual: record.stdoutText, expected: expected) { return answer }
        guard case .checker(let language, let program) = comparator else { return false }
        return try await check(
            record.stdout, expected: expected, input: input, language: language, program: program)
    }

    /// Asks a checker, in a box of its own: `checker input output answer`, exit 0 for right.
    private func check(_ output: [UInt8], expected: String, input: ProgramInput, language: String, program: String)
        async throws(PluginError) -> Bool
    {
        let checker = SourceProgram(
            language: language, source: Array(program.utf8),
            files: ["input.txt": input.stdin, "output.txt": output, "answer.txt": Array(expected.utf8)])
        let request = RunRequest(
            program: checker, input: ProgramInput(arguments: ["input.txt", "output.txt", "answer.txt"]), limits: nil)
        let outcome = try await runner.run([request], sharing: runs).first
        guard let record = outcome?.record else {
            let complaint = String(decoding: (outcome?.compile?.complaint ?? []).prefix(500), as: UTF8.self)
            throw PluginError(.request, "the checker does not compile: \(complaint)")
        }
        // What the policy printed may crash a checker; that is no reason to let it pass, and none to blame ourselves.
        return record.verdict == .accepted
    }
}
