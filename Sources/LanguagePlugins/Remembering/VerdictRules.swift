import Sandbox
import Tasks

/// Which results may be believed another time: those that another load, or a slightly slower moment, would not change.
///
/// docs/decisions/0012 has the reasons.
enum VerdictRules {
    /// Whether a run that was judged by these limits came to something that lasts.
    static func lasts(_ record: ExecutionRecord, limits: ResourceLimits) -> Bool {
        let usage = record.usage
        switch record.verdict {
        case .timeLimitExceeded:
            // All of the quarter that the load is allowed for was used up, and more CPU time is needed at any load.
            return usage.cpuTime >= limits.cpuTime + limits.cpuTime / 4
        case .accepted, .runtimeError, .disallowedSyscall, .outputLimitExceeded:
            return usage.cpuTime <= limits.cpuTime / 4 * 3 && usage.wallTime <= limits.wallTime / 4 * 3
                && usage.peakMemory <= limits.memory / 8 * 7
        case .memoryLimitExceeded, .processLimitExceeded, .internalError, .noAnswer, .wrongAnswer, .compileError:
            return false
        }
    }
}
