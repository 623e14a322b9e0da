/// How the errors of a language are read from stderr.
public struct ErrorPatterns: Sendable, Hashable {
    /// Rules for what a compiler prints.
    public var compile: [ErrorRule]
    /// Rules for what a failing program prints.
    public var run: [ErrorRule]
    /// Texts on the stderr of a failed run that tell of memory that was refused.
    public var outOfMemory: [String]
    /// Texts on the stderr of a failed run that tell of a process that was refused, for hosts that do not count them.
    public var processLimit: [String]
}
