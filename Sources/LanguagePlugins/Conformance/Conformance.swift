import Tasks

/// Runs the examples of a plugin and compares their verdicts with those that their names promise.
public enum Conformance {
    /// Limits that end the examples sooner than a program's own would; all else is the manifest's.
    private static let limits = TaskLimits(
        cpuTime: .seconds(2), wallTime: .seconds(30), memory: 256 << 20, output: 1 << 20)

    /// The examples of a plugin with what they gave, in the order of their names.
    public static func verify(_ plugin: LanguagePlugin, _ runner: ProgramRunner) async -> [ConformanceRow] {
        let examples: [ConformanceExample]
        do throws(PluginError) {
            examples = try ConformanceExample.all(of: plugin)
        } catch {
            return [
                ConformanceRow(
                    language: plugin.manifest.name, example: "examples", expected: .accepted, actual: .internalError,
                    detail: error.description)
            ]
        }
        var rows: [ConformanceRow] = []
        for example in examples { rows.append(await row(example, plugin, runner)) }
        return rows
    }

    /// What one example gave.
    static func row(_ example: ConformanceExample, _ plugin: LanguagePlugin, _ runner: ProgramRunner) async
        -> ConformanceRow
    {
        var row = ConformanceRow(
            language: plugin.manifest.name, example: example.file, expected: example.expected, actual: .internalError,
            detail: "")
        let program = SourceProgram(language: plugin.manifest.name, source: example.source)
        do throws(PluginError) {
            let request = RunRequest(program: program, input: ProgramInput(stdin: example.stdin), limits: limits)
            guard let outcome = try await runner.run([request]).first else { return row }
            guard let record = outcome.record else {
                row.actual = .compileError
                row.detail = row.passed ? "" : tail(outcome.compile?.complaint ?? [])
                return row
            }
            row.actual = record.verdict
            if record.verdict == .accepted, let stdout = example.stdout {
                let isRight = Comparator.trimmed.matches(actual: record.stdoutText, expected: stdout) ?? false
                row.actual = isRight ? .accepted : .wrongAnswer
            }
            if !row.passed {
                let end =
                    record.signal.map(SignalName.name) ?? record.exitCode.map { "exit \($0)" } ?? "stopped at a limit"
                row.detail = "\(end): \(tail(record.stderr))"
            }
        } catch {
            row.detail = error.description
        }
        return row
    }

    private static func tail(_ bytes: [UInt8]) -> String { String(decoding: bytes.suffix(600), as: UTF8.self) }
}
