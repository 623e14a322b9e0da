import JSON
import LanguagePlugins
import Tasks

/// Answers as SandboxFusion's `POST /run_code` gives them.
enum SandboxFusionAnswer {
    /// A program that ran.
    static func ran(_ report: ProgramReport) -> JSONObject {
        guard let run = report.runs.first else { return report.compile.map(refused) ?? [:] }
        let isFine = run.verdict == .accepted
        return answer(
            status: isFine ? "Success" : "Failed", message: "",
            compile: report.compile.map { .object(compile($0)) } ?? .null, run: .object(result(of: run)))
    }

    /// A program that the compiler refused.
    static func refused(_ record: CompileRecord) -> JSONObject {
        answer(status: "Failed", message: "", compile: .object(compile(record)), run: .null)
    }

    // MARK: -

    private enum Status: String {
        case finished = "Finished"
        case tooSlow = "TimeLimitExceeded"
    }

    private static func answer(status: String, message: String, compile: JSONValue, run: JSONValue) -> JSONObject {
        [
            "status": .string(status), "message": .string(message), "compile_result": compile, "run_result": run,
            "executor_pod_name": nil, "files": [:],
        ]
    }

    private static func compile(_ record: CompileRecord) -> JSONObject {
        let isSlow = record.verdict == .timeLimitExceeded
        // The compiler's own status is not kept; all that is read of it is whether it is 0.
        return command(
            isSlow ? .tooSlow : .finished, time: record.wallTime,
            code: isSlow ? nil : record.verdict == .accepted ? 0 : 1,
            record.stdout, record.stderr)
    }

    private static func result(of run: ExecutionRecord) -> JSONObject {
        let isSlow = run.verdict == .timeLimitExceeded
        // As Python's subprocess says it: a signal is a negative status. What met another limit was killed.
        let code: Int64 = run.exitCode.map(Int64.init) ?? -(run.signal.map(Int64.init) ?? 9)
        var object = command(
            isSlow ? .tooSlow : .finished, time: run.usage.wallTime,
            code: isSlow ? nil : code == 0 && run.verdict != .accepted ? 1 : code, run.stdout, run.stderr)
        object["cpu_time"] = .number(run.usage.cpuTime / .seconds(1))
        return object
    }

    private static func command(
        _ status: Status, time: Duration, code: Int64?, _ stdout: [UInt8], _ stderr: [UInt8]
    ) -> JSONObject {
        [
            "status": .string(status.rawValue), "execution_time": .number(time / .seconds(1)),
            "return_code": code.map { .integer($0) } ?? .null,
            "stdout": .string(String(decoding: stdout, as: UTF8.self)),
            "stderr": .string(String(decoding: stderr, as: UTF8.self)),
        ]
    }
}
