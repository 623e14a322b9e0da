import Tasks

/// One program with what it is given and what must come of it.
struct ConformanceTrial: Sendable {
    /// The example, without its ending.
    var example: String
    /// The name of its program's file.
    var file: String
    var input = ProgramInput()
    /// What differs from the manifest's own limits; nil where nothing does.
    var limits: TaskLimits?
    /// The verdicts that are right, the usual one first.
    var verdicts: [Verdict] = [.accepted]
    /// What it must print, but for blanks at the ends; nil when that does not matter.
    var stdout: String?
    /// The exit status that it must end with; nil when that does not matter.
    var exitCode: Int32?
    /// Whether its error must be understood.
    var tellsFailure = false
    /// What must be read of its error; nil when the manifest does not say.
    var failure: Failure?

    /// The trial of a check; what is sent to the network and to files comes from the witness.
    init(_ check: ConformanceCheck, of plugin: LanguagePlugin, witness: HostWitness) {
        let terms = plugin.manifest.conformance
        let isCompiled = plugin.manifest.compile != nil
        example = check.example(isCompiled: isCompiled)
        file = plugin.manifest.source.name
        let patience = TaskLimits(cpuTime: .seconds(10), wallTime: .seconds(60), memory: 256 << 20, output: 1 << 20)
        switch check {
        case .hello: stdout = plugin.manifest.extends == nil ? "Hello, world!" : nil
        case .stdin: (input, stdout) = Self.echo("one line\n\n  two blanks first, and a tab\tin it\nlast\n")
        case .arguments: (input, stdout) = Self.echo("", arguments: ["one", "two words", "*"])
        case .unicode:
            let argument = terms.without[.arguments] == nil ? ["naïve"] : []
            (input, stdout) = Self.echo("grün, żółw, 龍, 🐢, e\u{301}\n", arguments: argument)
        case .largeInput: (input, stdout) = Self.echo(Self.longText)
        case .exitCode:
            verdicts = [.runtimeError]
            exitCode = 7
        case .numbers, .repeats:
            input.stdin = Array("30 -4 7\n100\n7 1000000 0\n-250\n".utf8)
            stdout = "999890\n-250 -4 0 7 7 30 100 1000000"
        case .runtimeError, .earlyExit:
            verdicts = [.runtimeError]
            tellsFailure = check == .runtimeError
            failure = tellsFailure ? terms.runtimeError : nil
        case .rejection:
            verdicts = [isCompiled ? .compileError : .runtimeError]
            tellsFailure = true
            failure = terms.rejection
        case .timeLimit:
            limits = TaskLimits(cpuTime: .seconds(1), wallTime: .seconds(30), output: 1 << 20)
            verdicts = [.timeLimitExceeded]
        case .memoryLimit:
            limits = patience
            verdicts = [.memoryLimitExceeded]
        case .outputLimit:
            limits = patience
            verdicts = [.outputLimitExceeded]
        case .processLimit: verdicts = [.processLimitExceeded]
        case .deepRecursion:
            limits = patience
            verdicts = terms.deepRecursion.map { [$0] } ?? [.runtimeError, .memoryLimitExceeded]
        case .threads: stdout = "10"
        case .network:
            input.stdin = Array("\(witness.port)\n".utf8)
            stdout = "refused"
        case .writeOutside:
            input.stdin = Array(witness.paths.map { "\($0)\n" }.joined().utf8)
            stdout = witness.paths.map { _ in "refused" }.joined(separator: "\n")
        }
    }

    private static func echo(_ text: String, arguments: [String] = []) -> (ProgramInput, String) {
        (ProgramInput(stdin: Array(text.utf8), arguments: arguments), arguments.map { $0 + "\n" }.joined() + text)
    }

    /// A megabyte in lines of 100 bytes.
    private static let longText = (0..<10_486).map { number in
        let digits = String(number)
        return digits + String(repeating: "-", count: 99 - digits.count) + "\n"
    }.joined()
}
