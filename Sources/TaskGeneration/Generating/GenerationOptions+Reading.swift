public import JSON
public import Tasks

extension GenerationOptions {
    /// Reads settings; what is not named stays usual.
    ///
    /// - Throws: `TaskError` with the place of an unknown name, a wrong type or a number out of its range.
    public init(reading source: JSONSource) throws(TaskError) {
        self.init()
        do throws(JSONError) {
            try read(JSONFields(source.parse(), source: source))
        } catch {
            throw TaskError(error)
        }
    }

    private mutating func read(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: [
            "seed", "epoch", "tasks_per_snippet", "mix", "masked_lines", "hidden_inputs", "prompt_length", "edits",
            "stdin_characters", "arguments", "errors", "error_mix", "retries", "snippet", "truth",
        ])
        if let seed = try fields.optionalInteger("seed") { self.seed = UInt64(bitPattern: Int64(seed)) }
        if let epoch = try fields.optionalInteger("epoch") { self.epoch = UInt64(bitPattern: Int64(epoch)) }
        tasksPerSnippet = try fields.count("tasks_per_snippet", in: 1...10_000) ?? tasksPerSnippet
        maskedLines = try fields.count("masked_lines", in: 1...16) ?? maskedLines
        hiddenInputs = try fields.count("hidden_inputs", in: 1...16) ?? hiddenInputs
        promptLength = try fields.count("prompt_length", in: 1...(1 << 30)) ?? promptLength
        if let weights = try fields.optionalObject("mix") {
            mix = [:]
            for name in weights.members.keys {
                guard let kind = TaskKind(rawValue: name), PromptTemplates.kinds.contains(kind) else {
                    throw weights.error("no kind of task that is generated", at: name)
                }
                mix[kind] = try weights.share(name, upTo: 1e9)
            }
        }
        try augmentation.read(fields)
        if let limits = try fields.optionalObject("snippet") {
            try limits.rejectUnknown(allowed: ["bytes", "lines", "line_bytes"])
            screening.bytes = try limits.count("bytes", in: 1...(64 << 20)) ?? screening.bytes
            screening.lines = try limits.count("lines", in: 1...(1 << 24)) ?? screening.lines
            screening.lineBytes = try limits.count("line_bytes", in: 1...(64 << 20)) ?? screening.lineBytes
        }
        if let policy = try fields.optionalObject("truth") { try truth.read(policy) }
    }
}

extension AugmentationOptions {
    fileprivate mutating func read(_ fields: JSONFields) throws(JSONError) {
        stdinCharacters = try fields.share("stdin_characters") ?? stdinCharacters
        arguments = try fields.share("arguments") ?? arguments
        errorShare = try fields.share("errors") ?? errorShare
        retries = try fields.count("retries", in: 0...16) ?? retries
        for (name, isCorrupting) in [("edits", false), ("error_mix", true)] {
            guard let shares = try fields.optionalObject(name) else { continue }
            for key in shares.members.keys {
                guard let kind = EditKind(rawValue: key), (kind.effect == .corrupting) == isCorrupting else {
                    let known = EditKind.allCases.filter { ($0.effect == .corrupting) == isCorrupting }
                    throw shares.error(
                        "no such kind; known here are \(known.map(\.rawValue).joined(separator: ", "))", at: key)
                }
                if isCorrupting {
                    errorMix[kind] = try shares.share(key, upTo: 1e9)
                } else {
                    probabilities[kind] = try shares.share(key)
                }
            }
        }
    }
}

extension TruthPolicy {
    fileprivate mutating func read(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: [
            "cpu_ms", "wall_ms", "memory_bytes", "output_bytes", "keep_empty_output", "keep_compile_errors", "fences",
            "kept_errors",
        ])
        if let time = try fields.count("cpu_ms", in: 1...3_600_000) {
            limits.cpuTime = .milliseconds(time)
            limits.wallTime = .milliseconds(3 * time)
        }
        if let time = try fields.count("wall_ms", in: 1...3_600_000) { limits.wallTime = .milliseconds(time) }
        limits.memory = try fields.count("memory_bytes", in: 1...(1 << 40)) ?? limits.memory
        outputBytes = try fields.count("output_bytes", in: 1...(64 << 20)) ?? outputBytes
        limits.output = max(limits.output ?? 0, outputBytes)
        keepsEmptyOutput = try fields.optionalBool("keep_empty_output") ?? keepsEmptyOutput
        keepsCompileErrors = try fields.optionalBool("keep_compile_errors") ?? keepsCompileErrors
        if let word = try fields.optionalString("fences") {
            guard let fences = Fences(rawValue: word) else { throw fields.error("expected keep or drop", at: "fences") }
            self.fences = fences
        }
        guard let kept = try fields.optionalObject("kept_errors") else { return }
        keptErrors = [:]
        for language in kept.members.keys { keptErrors[language] = Set(try kept.strings(language)) }
    }
}

extension JSONFields {
    /// A number from 0 to a bound; nil when the member is missing.
    fileprivate func share(_ name: String, upTo bound: Double = 1) throws(JSONError) -> Double? {
        guard let share = try optionalDouble(name) else { return nil }
        guard (0...bound).contains(share) else { throw error("expected a number from 0 to \(bound)", at: name) }
        return share
    }

    /// A whole number in a range; nil when the member is missing.
    fileprivate func count(_ name: String, in range: ClosedRange<Int>) throws(JSONError) -> Int? {
        guard let count = try optionalInteger(name) else { return nil }
        guard range.contains(count) else {
            throw error("expected a number from \(range.lowerBound) to \(range.upperBound)", at: name)
        }
        return count
    }
}
