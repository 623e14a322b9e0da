public import JSON
public import LanguagePlugins
import Sandbox
import Tasks

/// What a person is told of one program that ran.
public struct RunReport: Sendable {
    private let report: ProgramReport
    private let record: ExecutionRecord

    /// Takes what the runner reports; a program that did not compile has no run.
    public init(_ report: ProgramReport) {
        self.report = report
        record = report.runs.first ?? ExecutionRecord(verdict: report.compile?.verdict ?? .internalError)
    }

    /// The name of the verdict.
    public var verdict: String { record.verdict.rawValue }

    /// What it printed.
    public var stdout: [UInt8] { record.stdout }

    /// What it printed to its error stream; what the compiler printed when there is no run.
    public var stderr: [UInt8] {
        if report.runs.isEmpty, let compile = report.compile { return compile.complaint }
        return record.stderr
    }

    /// One line: verdict, end, time, memory and isolation.
    public var statusLine: String {
        var parts = [verdict]
        if let code = record.exitCode { parts.append("exit code \(code)") }
        if let signal = record.signal { parts.append("signal \(signal)") }
        if !report.runs.isEmpty {
            parts.append("cpu \(Figures.duration(record.usage.cpuTime))")
            parts.append("wall \(Figures.duration(record.usage.wallTime))")
            parts.append("memory \(Figures.bytes(record.usage.peakMemory))")
        }
        if let compile = report.compile {
            parts.append(compile.cached ? "compiled before" : "compiled in \(Figures.duration(compile.wallTime))")
        }
        parts.append("isolation \(report.isolation.level.rawValue)")
        return parts.joined(separator: ", ")
    }

    /// The object that `retort run --json` prints, on one line.
    public var json: String { JSONValue.object(object).serialized() }

    /// The object that `retort run --json` prints.
    public var object: JSONObject {
        var object: JSONObject = ["verdict": .string(verdict), "language": .string(report.language)]
        for (key, value) in RecordJSON.run(record) { object[key] = value }
        object["compile"] = report.compile.map { .object(RecordJSON.compile($0)) } ?? .null
        object["isolation"] = .object(IsolationJSON.object(report.isolation))
        return object
    }
}
