import Sandbox
import Tasks

extension ExecutionRecord {
    /// Puts a run of the sandbox into the words of judging.
    init(_ result: ExecutionResult, errors: ErrorPatterns, file: String) {
        self.init(
            verdict: RunVerdict.verdict(of: result, errors: errors),
            stdout: result.stdout.bytes,
            stderr: result.stderr.bytes,
            stdoutTruncated: result.stdout.isTruncated,
            stderrTruncated: result.stderr.isTruncated,
            usage: Usage(
                cpuTime: result.usage.cpuTime, wallTime: result.usage.wallTime, peakMemory: result.usage.peakMemory,
                processes: result.usage.processes))
        switch result.termination {
        case .exited(let code): exitCode = code
        case .signaled(let number): signal = number
        case .limitExceeded: break
        }
        guard verdict != .accepted else { return }
        failure = ErrorReport.failure(in: stderr, rules: errors.run, file: file)
        if failure?.type == nil, let signal {
            failure = Failure(type: SignalName.name(of: signal), message: failure?.message, line: failure?.line)
        }
    }
}
