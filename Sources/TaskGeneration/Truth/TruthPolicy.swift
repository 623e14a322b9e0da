public import Tasks

/// Which executions are good enough for a truth.
public struct TruthPolicy: Sendable, Hashable {
    /// What is done with a program that prints runs of back-ticks as long as a fence.
    public enum Fences: String, Sendable, Hashable, CaseIterable {
        /// They are kept; prompts use longer fences, and say that answers may.
        case keep
        /// They are dropped.
        case drop
    }

    /// What a run may use.
    public var limits = TaskLimits(cpuTime: .seconds(2), wallTime: .seconds(6), memory: 256 << 20, output: 64 << 10)
    /// The most bytes of stdout and of stderr in a truth.
    public var outputBytes = 4096
    /// Whether a program that prints nothing and ends well is kept.
    public var keepsEmptyOutput = false
    /// Whether a snippet that does not compile by itself is kept; errors that are made on purpose are anyway.
    public var keepsCompileErrors = false
    /// What is done with runs of back-ticks.
    public var fences = Fences.keep
    /// Texts that say something about this host; a truth with one that does not stand in the program is dropped.
    ///
    /// A box shows none of them that it can hide. What it cannot hide, such as the version of the kernel, would differ on
    /// another host.
    public var hostTexts: Set<String> = []
    /// The types of error that are kept, by language; a language that is not named keeps all.
    public var keptErrors: [String: Set<String>] = [
        "python": [
            "SyntaxError", "IndentationError", "IndexError", "ValueError", "NameError", "UnboundLocalError",
            "TypeError", "KeyError", "ZeroDivisionError",
        ]
    ]

    /// Makes the usual policy.
    public init() {}

    /// What a program may use that was made of one that took so long, or on an input that was made up.
    ///
    /// One that needs eight times as much will hardly ever end, and a run that never ends costs as much as hundreds that do.
    /// Rounded to a doubling, so that what is measured a little differently the next time has the same limit.
    func trialLimits(after known: Duration) -> TaskLimits {
        var limits = limits
        guard let most = limits.cpuTime, known > .zero else { return limits }
        var trial = most / 32
        while trial < known * 8, trial < most { trial *= 2 }
        limits.cpuTime = min(trial, most)
        return limits
    }
}
