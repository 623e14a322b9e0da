import CSpawn
import Glibc
import LanguagePlugins
import Tasks

/// Something that is done on the bare host and through the engine.
struct Work {
    var name: String
    /// What it is to come to, in words.
    var goal: String
    /// By how much fewer rounds it gets.
    var weight = 1
    var bare: (Int) throws -> Void
    var engine: (ProgramRunner, Int) async throws -> Void

    /// Runs a command and waits for it; its output goes nowhere.
    static func spawn(_ arguments: [String]) throws {
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        let status = cspawn_run(arguments[0], pointers)
        guard status == 0 else {
            throw BenchmarkError(message: "\(arguments[0]) ended with wait status \(status), errno \(errno)")
        }
    }

    /// Runs a program through the engine; anything but success is an error.
    static func run(_ runner: ProgramRunner, _ language: String, _ source: String, inputs: Int = 1) async throws {
        let report = try await runner.run(
            SourceProgram(language: language, source: Array(source.utf8), files: [:]),
            inputs: (0..<inputs).map { ProgramInput(stdin: Array("\($0)\n".utf8), arguments: [], call: nil) },
            limits: nil, stopAtFirstFailure: false)
        guard report.runs.count == inputs, report.runs.allSatisfy({ $0.verdict == .accepted }) else {
            let said = report.runs.first.map { String(decoding: $0.stderr, as: UTF8.self) } ?? ""
            throw BenchmarkError(message: "\(language): \(report.runs.map(\.verdict)) \(said)")
        }
    }
}
