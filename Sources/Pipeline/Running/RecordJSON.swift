import JSON
import Tasks

/// The records of runs and compilations as the JSON that `retort run --json` prints.
enum RecordJSON {
    /// One run: how it ended, what it printed, what it used.
    static func run(_ record: ExecutionRecord) -> JSONObject {
        var object: JSONObject = [
            "verdict": .string(record.verdict.rawValue),
            "exit_code": record.exitCode.map { .integer(Int64($0)) } ?? .null,
            "signal": record.signal.map { .integer(Int64($0)) } ?? .null,
        ]
        add("stdout", record.stdout, to: &object)
        add("stderr", record.stderr, to: &object)
        object["stdout_truncated"] = .bool(record.stdoutTruncated)
        object["stderr_truncated"] = .bool(record.stderrTruncated)
        object["usage"] = [
            "cpu_ms": .number(Figures.milliseconds(record.usage.cpuTime)),
            "wall_ms": .number(Figures.milliseconds(record.usage.wallTime)),
            "peak_memory_bytes": .integer(Int64(record.usage.peakMemory)),
            "processes": .integer(Int64(record.usage.processes)),
        ]
        return object
    }

    /// One compilation.
    static func compile(_ record: CompileRecord) -> JSONObject {
        var object: JSONObject = [
            "verdict": .string(record.verdict.rawValue),
            "cached": .bool(record.cached),
            "wall_ms": .number(Figures.milliseconds(record.wallTime)),
        ]
        add("stdout", record.stdout, to: &object)
        add("stderr", record.stderr + Array(record.remark.utf8), to: &object)
        return object
    }

    /// Text as text; what is not UTF-8 besides as base64, for then the text has lost something.
    private static func add(_ name: String, _ bytes: [UInt8], to object: inout JSONObject) {
        object[name] = .string(String(decoding: bytes, as: UTF8.self))
        if UTF8Check.firstInvalidByte(in: bytes) != nil {
            object[name + "_base64"] = .string(Base64.encode(bytes))
        }
    }
}
