import JSON
import LanguagePlugins
import Tasks

/// Answers as Piston's `POST /api/v2/execute` gives them.
enum PistonAnswer {
    /// A program that ran.
    static func ran(_ report: ProgramReport, _ plugin: LanguagePlugin, _ version: String) -> JSONObject {
        var answer = answer(plugin, version)
        if let run = report.runs.first { answer["run"] = .object(stage(run)) }
        answer["compile"] = report.compile.map { .object(stage($0)) }
        return answer
    }

    /// A program that the compiler refused: its stage stands for the run as well.
    static func refused(_ record: CompileRecord, _ plugin: LanguagePlugin, _ version: String) -> JSONObject {
        var answer = answer(plugin, version)
        answer["run"] = .object(stage(record))
        answer["compile"] = .object(stage(record))
        return answer
    }

    // MARK: -

    private static func answer(_ plugin: LanguagePlugin, _ version: String) -> JSONObject {
        ["language": .string(plugin.manifest.name), "version": .string(PistonRequest.number(in: version))]
    }

    private static func stage(_ run: ExecutionRecord) -> JSONObject {
        let status: String? =
            switch run.verdict {
            case .timeLimitExceeded: "TO"
            case .outputLimitExceeded: run.stderrTruncated && !run.stdoutTruncated ? "EL" : "OL"
            case .internalError: "XX"
            case .accepted: nil
            default: run.signal == nil ? "RE" : "SG"
            }
        let isKilled = status == "TO" || status == "OL" || status == "EL"
        let signal = isKilled ? "SIGKILL" : run.signal.map(Self.signalName)
        return stage(
            stdout: run.stdout, stderr: run.stderr, code: isKilled ? nil : run.exitCode.map(Int64.init), signal: signal,
            status: status, message: status == nil ? nil : run.verdict.rawValue, cpuTime: run.usage.cpuTime,
            wallTime: run.usage.wallTime, memory: run.usage.peakMemory)
    }

    private static func stage(_ record: CompileRecord) -> JSONObject {
        let isSlow = record.verdict == .timeLimitExceeded
        return stage(
            stdout: record.stdout, stderr: record.stderr, code: isSlow ? nil : record.verdict == .accepted ? 0 : 1,
            signal: isSlow ? "SIGKILL" : nil, status: isSlow ? "TO" : record.verdict == .accepted ? nil : "RE",
            message: record.verdict == .accepted ? nil : record.verdict.rawValue, cpuTime: nil,
            wallTime: record.wallTime, memory: nil)
    }

    private static func stage(
        stdout: [UInt8], stderr: [UInt8], code: Int64?, signal: String?, status: String?, message: String?,
        cpuTime: Duration?, wallTime: Duration, memory: Int?
    ) -> JSONObject {
        [
            "stdout": .string(String(decoding: stdout, as: UTF8.self)),
            "stderr": .string(String(decoding: stderr, as: UTF8.self)),
            "output": .string(String(decoding: stdout + stderr, as: UTF8.self)),
            "code": code.map { .integer($0) } ?? .null, "signal": signal.map { .string($0) } ?? .null,
            "message": message.map { .string($0) } ?? .null, "status": status.map { .string($0) } ?? .null,
            "cpu_time": cpuTime.map { .integer(Int64($0 / .milliseconds(1))) } ?? .null,
            "wall_time": .integer(Int64(wallTime / .milliseconds(1))),
            "memory": memory.map { .integer(Int64($0)) } ?? .null,
        ]
    }

    private static func signalName(_ number: Int32) -> String {
        let names: [Int32: String] = [
            1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
            9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ",
            31: "SIGSYS",
        ]
        return names[number] ?? "SIG\(number)"
    }
}
