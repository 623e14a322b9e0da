import Tasks

/// What the author of a plugin can change when a check fails.
enum ConformanceAdvice {
    /// The advice on a program that got another verdict than it should.
    static func onVerdict(_ actual: Verdict, wanted: Verdict, phaseIsCompiling: Bool) -> String {
        if phaseIsCompiling {
            return "the compiler refused it: mend the example, compile.command or compile.limits"
        }
        switch (wanted, actual) {
        case (.memoryLimitExceeded, .runtimeError):
            return
                "put what its stderr says of memory into errors.out_of_memory, or give the heap {heap_mb} in run.command"
        case (.processLimitExceeded, .runtimeError):
            return "put what its stderr says of threads or processes into errors.process_limit"
        case (.processLimitExceeded, .accepted):
            return "have it start more than the limit: 64, and run.needs.threads besides"
        case (.memoryLimitExceeded, .timeLimitExceeded):
            return "have it take memory in larger pieces"
        case (.accepted, .accepted):
            return "mend the example, or run.command where the runtime prints something of its own"
        case (_, .timeLimitExceeded):
            return "raise run.limits.cpu_seconds if the runtime needs that long, or mend the example"
        case (_, .memoryLimitExceeded):
            return "raise run.limits.memory_mb, or say in run.needs.address_space_mb what the runtime reserves"
        case (_, .processLimitExceeded):
            return "say in run.needs.threads how many threads and processes the runtime starts for itself"
        case (_, .disallowedSyscall):
            return "the runtime makes a system call that no box allows: find a flag that it does without"
        case (_, .accepted):
            return
                "the runtime ends with the exit status 0: find a flag that makes a failure one, or run it by a script"
        default:
            return "mend the example or run.command; what it printed is above"
        }
    }

    /// The advice on an error that was read otherwise than the manifest says.
    static func onFailure(_ found: Failure?, wanted: Failure?, field: String, rules: String) -> String {
        guard wanted != nil else {
            guard let found else { return "add a rule to \(rules) that finds the type, the message and the line" }
            return "if this is right, say so in the manifest: \"conformance\": { \"\(field)\": \(json(found)) }"
        }
        return "mend \(rules), or what conformance.\(field) promises"
    }

    /// An error in words.
    static func text(_ failure: Failure?) -> String {
        guard let failure else { return "nothing" }
        return json(failure)
    }

    private static func json(_ failure: Failure) -> String {
        var parts: [String] = []
        if let type = failure.type { parts.append("\"type\": \"\(type)\"") }
        if let message = failure.message { parts.append("\"message\": \"\(message)\"") }
        if let line = failure.line { parts.append("\"line\": \(line)") }
        return "{ \(parts.joined(separator: ", ")) }"
    }
}
