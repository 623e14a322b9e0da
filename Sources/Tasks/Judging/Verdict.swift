/// What judging concluded about one program; every case but the last is a result, not a failure of ours.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// It ran to its end and did what was asked.
    case accepted
    /// It ran to its end and printed or returned something else.
    case wrongAnswer = "wrong_answer"
    /// The compiler or the parser refused it.
    case compileError = "compile_error"
    /// It failed by itself: an uncaught error, a crash, a status other than 0.
    case runtimeError = "runtime_error"
    /// It used up its CPU time or its wall time.
    case timeLimitExceeded = "time_limit_exceeded"
    /// It used up its memory.
    case memoryLimitExceeded = "memory_limit_exceeded"
    /// It printed more than it may.
    case outputLimitExceeded = "output_limit_exceeded"
    /// It wanted more processes than it may have, and failed.
    case processLimitExceeded = "process_limit_exceeded"
    /// It failed after a system call that is refused.
    case disallowedSyscall = "disallowed_syscall"
    /// The completion holds no answer that could be run.
    case noAnswer = "no_answer"
    /// We failed: worth another try, never scored.
    case internalError = "internal_error"
}
