public import Tasks

/// What a program did on one input, seen once or twice.
public struct ProgramObservation: Sendable, Hashable {
    /// How it was compiled; nil for a language that needs no compiling.
    public var compile: CompileRecord?
    /// The error that the compiler told of, when it refused the program.
    public var compileFailure: Failure?
    /// The run in the usual surroundings; nil when it did not compile.
    public var usual: ExecutionRecord?
    /// The run in other surroundings; nil when it was not asked for.
    public var other: ExecutionRecord?

    /// The verdict on the usual run, or on the compilation.
    public var verdict: Verdict { usual?.verdict ?? .compileError }

    /// The type and the message of the error that it ended with; where neither is known, the signal and all that was said.
    public var errorReport: String {
        if let failure = usual?.failure ?? compileFailure, failure.type != nil || failure.message != nil {
            return "\(failure.type ?? ""): \(failure.message ?? "")"
        }
        if let record = usual {
            let signal = record.signal.map(SignalName.name) ?? ""
            return "\(signal)\n\(String(decoding: record.stderr, as: UTF8.self))"
        }
        return compile.map { String(decoding: $0.stderr + $0.stdout, as: UTF8.self) } ?? ""
    }
}

extension ProgramObservation {
    /// Makes what was seen of a program of a language without compilers.
    public init(usual: ExecutionRecord) {
        self.init()
        self.usual = usual
    }
}
