public import JSON
import Tasks

extension ProgramRunner {
    /// Asks a language's analyser about some programs; it reads them and runs none.
    ///
    /// - Returns: The answers in the order of the programs; nil where there is none. All are nil when the analyser ended
    ///   badly, as one program too deep for it can make it.
    /// - Throws: `PluginError` for a language without an analyser, and a sandbox that failed twice.
    public func analyse(_ programs: [String], language: String) async throws(PluginError) -> [JSONValue?] {
        var input: [UInt8] = []
        for program in programs {
            input += JSONValue.object(["code": .string(program)]).serializedBytes() + [UInt8(ascii: "\n")]
        }
        let request = RunRequest(
            program: SourceProgram(language: language, source: []), input: ProgramInput(stdin: input),
            limits: TaskLimits(cpuTime: .seconds(20), memory: 512 << 20, output: 256 << 20), mode: .analysis)
        let record = try await run([request]).first?.record
        guard let record, record.verdict == .accepted else { return programs.map { _ in nil } }
        let lines = record.stdout.split(separator: UInt8(ascii: "\n"))
        return programs.indices.map { lines.indices.contains($0) ? try? JSONValue.parse(Array(lines[$0])) : nil }
    }
}
