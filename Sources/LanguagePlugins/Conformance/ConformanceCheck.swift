/// One thing that every language must do, or say why it does not apply to it.
public enum ConformanceCheck: String, Sendable, Hashable, CaseIterable {
    case hello
    case stdin
    case arguments
    case unicode
    case largeInput = "large-input"
    case exitCode = "exit-code"
    case numbers
    case repeats
    case runtimeError = "runtime-error"
    case rejection
    case timeLimit = "time-limit"
    case memoryLimit = "memory-limit"
    case outputLimit = "output-limit"
    case processLimit = "process-limit"
    case deepRecursion = "deep-recursion"
    case threads
    case network
    case writeOutside = "write-outside"
    case earlyExit = "early-exit"

    /// The name of the example that shows it, without its ending.
    ///
    /// - Parameter isCompiled: Whether the language has a compile phase, which refuses what is no program.
    public func example(isCompiled: Bool) -> String {
        switch self {
        case .stdin, .arguments, .unicode, .largeInput: "echo"
        case .repeats: Self.numbers.rawValue
        case .rejection: isCompiled ? "compile-error" : "syntax-error"
        case .timeLimit, .memoryLimit, .outputLimit, .processLimit: rawValue + "-exceeded"
        default: rawValue
        }
    }

    /// What its example must do.
    public var wish: String {
        switch self {
        case .hello: "prints Hello, world!"
        case .stdin, .arguments, .unicode, .largeInput:
            "prints each of its arguments on a line, then copies its standard input, line by line"
        case .exitCode: "ends with the exit status 7"
        case .numbers, .repeats:
            "reads whole numbers until its input ends, prints their sum, and below it the numbers in ascending order, with one blank between"
        case .runtimeError: "compiles, and fails with an error of the language that names a line"
        case .rejection: "is no program: the compiler or the interpreter refuses it and names a line"
        case .timeLimit: "never ends, and computes all the time"
        case .memoryLimit: "asks for memory and writes to it, for ever"
        case .outputLimit: "prints for ever"
        case .processLimit: "starts threads or processes that sleep, at least 100"
        case .deepRecursion: "calls a function in itself for ever, and not as its last act"
        case .threads: "has four threads add 1, 2, 3 and 4 to something they share, waits for them and prints 10"
        case .network:
            "reads the number of a port, tries to connect to it at 127.0.0.1, and prints connected or refused"
        case .writeOutside:
            "reads paths, one a line, tries to open each for writing, and prints written or refused for each"
        case .earlyExit: "ends with the exit status 0 before its tests have come to their end"
        }
    }

    /// Whether only plugins that extend another have it: a language's own programs may end when they like.
    var isForTestsOnly: Bool { self == .earlyExit }
}
