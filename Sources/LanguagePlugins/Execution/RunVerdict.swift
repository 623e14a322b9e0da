import Glibc
import Sandbox
import Tasks

/// What the end of a run means.
enum RunVerdict {
    /// The verdict on a run; an accepted one has only run to its end, and what it printed is still to be compared.
    static func verdict(of result: ExecutionResult, errors: ErrorPatterns) -> Verdict {
        switch result.termination {
        case .limitExceeded(.cpuTime), .limitExceeded(.wallTime), .signaled(SIGXCPU): return .timeLimitExceeded
        case .limitExceeded(.memory): return .memoryLimitExceeded
        case .limitExceeded(.output), .limitExceeded(.fileSize), .signaled(SIGXFSZ): return .outputLimitExceeded
        case .exited(0): return .accepted
        case .exited, .signaled: break
        }
        // Before memory: a runtime that is refused a thread likes to call that a lack of memory.
        if result.usage.processLimitHits > 0 { return .processLimitExceeded }
        if result.termination == .signaled(SIGSYS) { return .disallowedSyscall }
        let stderr = result.stderr.bytes.suffix(ErrorReport.byteLimit)
        if errors.processLimit.contains(where: { contains(stderr, Array($0.utf8)) }) { return .processLimitExceeded }
        if errors.outOfMemory.contains(where: { contains(stderr, Array($0.utf8)) }) { return .memoryLimitExceeded }
        return .runtimeError
    }

    private static func contains(_ bytes: ArraySlice<UInt8>, _ text: [UInt8]) -> Bool {
        guard let first = text.first else { return false }
        var rest = bytes
        while let start = rest.firstIndex(of: first) {
            if rest[start...].starts(with: text) { return true }
            rest = rest[(start + 1)...]
        }
        return false
    }
}
