public import JSON

extension CodeTask {
    /// Reads a task from its JSON.
    ///
    /// - Parameters:
    ///   - path: Where the task stands in its text.
    ///   - source: The text, for the line and column of an error.
    /// - Throws: `TaskError` for a missing field, a wrong type, an unknown field, or fields that contradict one another.
    public init(_ json: JSONValue, path: JSONPath = .root, source: JSONSource? = nil) throws(TaskError) {
        do {
            try self.init(fields: JSONFields(json, path: path, source: source))
        } catch {
            throw TaskError(error)
        }
    }

    private init(fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: Self.fieldNames)
        if let version = try fields.optionalInteger("version"), version != 1 {
            throw fields.error("version \(version) is not known; this is version 1", at: "version")
        }
        self.init(
            id: try fields.optionalString("id") ?? "",
            kind: try fields.choice("kind"),
            language: try fields.string("language"),
            program: try fields.optionalString("program") ?? "",
            stdin: try fields.optionalString("stdin"),
            call: try fields.optionalString("call"),
            files: try fields.files("files"),
            truth: try fields.optionalObject("truth").map(Truth.init(fields:)),
            limits: try fields.optionalObject("limits").map(TaskLimits.init(fields:))
        )
        for input in try fields.optionalObjects("hidden_inputs") ?? [] {
            hiddenInputs.append(try ProgramInput(fields: input))
        }
        for (index, test) in (try fields.optionalObjects("tests") ?? []).enumerated() {
            tests.append(try TestCase(fields: test, number: index))
        }
        if let comparator = fields.value("comparator") {
            self.comparator = try Comparator(comparator, in: fields, at: "comparator")
        }
        maskedLines = try Self.maskedLines(fields, program: program)
        try check(fields)
    }

    private static let fieldNames = [
        "version", "kind", "id", "language", "program", "stdin", "call", "files", "truth", "masked_lines",
        "hidden_inputs", "tests", "limits", "comparator", "metadata",
    ]

    private static func maskedLines(_ fields: JSONFields, program: String) throws(JSONError) -> [MaskedLine] {
        guard let entries = try fields.optionalObjects("masked_lines") else { return [] }
        let lines = TextLines.split(program)
        var masked: [MaskedLine] = []
        for entry in entries {
            try entry.rejectUnknown(allowed: ["index", "original"])
            let index = try entry.integer("index")
            guard lines.indices.contains(index) else {
                throw entry.error(
                    "the program has no line \(index); it has \(lines.count), counted from 0", at: "index")
            }
            guard !masked.contains(where: { $0.index == index }) else {
                throw entry.error("line \(index) is masked twice", at: "index")
            }
            let original = try entry.optionalString("original") ?? String(lines[index])
            guard original.utf8.elementsEqual(lines[index].utf8) else {
                throw entry.error("differs from line \(index) of the program", at: "original")
            }
            masked.append(MaskedLine(index: index, original: original))
        }
        return masked.sorted { $0.index < $1.index }
    }

    /// Refuses tasks that nothing could be scored against.
    private func check(_ fields: JSONFields) throws(JSONError) {
        guard !language.isEmpty else { throw fields.error("must not be empty", at: "language") }
        guard TextBytes.first(0, in: program.utf8Span.span, from: 0) == nil else {
            throw fields.error("the program holds a NUL byte", at: "program")
        }
        if kind != .tests, kind != .free {
            guard truth != nil else { throw fields.error("a \(kind.rawValue) task needs the field \"truth\"") }
        }
        if kind == .backward, maskedLines.isEmpty {
            throw fields.error("a backward task needs at least one entry in \"masked_lines\"")
        }
        if kind == .tests || kind == .repair, tests.isEmpty {
            throw fields.error("a \(kind.rawValue) task needs at least one entry in \"tests\"")
        }
    }
}

// MARK: -

extension JSONFields {
    /// The case of an enumeration whose raw value a member holds.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String) throws(JSONError) -> Choice {
        let text = try string(name)
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("unknown value \"\(text)\"; known are \(known)", at: name)
        }
        return choice
    }

    /// Bytes given as text, or as base64 in a member whose name ends in `_base64`.
    public func bytes(_ name: String) throws(JSONError) -> [UInt8]? {
        if let text = try optionalString(name) { return Array(text.utf8) }
        guard let encoded = try optionalString(name + "_base64") else { return nil }
        guard let bytes = Base64.decode(encoded) else { throw error("is not base64", at: name + "_base64") }
        return bytes
    }

    /// A length of time given in milliseconds.
    func milliseconds(_ name: String) throws(JSONError) -> Duration? {
        guard let number = try optionalDouble(name) else { return nil }
        guard number > 0, number <= 1e12 else { throw error("must be above 0 and at most 1e12 milliseconds", at: name) }
        return .milliseconds(number)
    }

    /// A whole number above 0.
    func count(_ name: String) throws(JSONError) -> Int? {
        guard let number = try optionalInteger(name) else { return nil }
        guard number > 0 else { throw error("must be above 0", at: name) }
        return number
    }

    /// Files by relative path, each a text or `{"base64": ...}`.
    fileprivate func files(_ name: String) throws(JSONError) -> [String: [UInt8]] {
        guard let entries = try optionalObject(name) else { return [:] }
        var files: [String: [UInt8]] = [:]
        for path in entries.members.keys {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }), !path.utf8.contains(0) else {
                throw entries.error("a file's path is relative and stays inside the folder", at: path)
            }
            if let text = entries.value(path)?.string {
                files[path] = Array(text.utf8)
            } else {
                let entry = try entries.object(path)
                guard let bytes = Base64.decode(try entry.string("base64")) else {
                    throw entry.error("is not base64", at: "base64")
                }
                files[path] = bytes
            }
        }
        return files
    }
}

extension Truth {
    fileprivate init(fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["stdout", "stderr", "exit_code", "failure"])
        let exitCode = try fields.optionalInteger("exit_code") ?? 0
        guard let exitCode = Int32(exactly: exitCode) else { throw fields.error("is no exit status", at: "exit_code") }
        self.init(
            stdout: try fields.string("stdout"),
            stderr: try fields.optionalString("stderr") ?? "",
            exitCode: exitCode,
            failure: try fields.optionalObject("failure").map(Failure.init(fields:)))
    }
}

extension Failure {
    fileprivate init(fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["type", "message", "line"])
        self.init(
            type: try fields.optionalString("type"),
            message: try fields.optionalString("message"),
            line: try fields.optionalInteger("line"))
    }
}

extension ProgramInput {
    fileprivate init(fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["stdin", "stdin_base64", "args", "call", "edits"])
        self.init(
            stdin: try fields.bytes("stdin") ?? [],
            arguments: try fields.optionalStrings("args") ?? [],
            call: try fields.optionalString("call"))
        for edit in try fields.optionalObjects("edits") ?? [] {
            try edit.rejectUnknown(allowed: ["index", "line"])
            edits.append(LineEdit(index: try edit.integer("index"), line: try edit.string("line")))
        }
    }
}

extension TaskLimits {
    /// Reads limits; what is missing is left to the language.
    public init(fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["cpu_ms", "wall_ms", "memory_bytes", "output_bytes", "processes"])
        self.init(
            cpuTime: try fields.milliseconds("cpu_ms"),
            wallTime: try fields.milliseconds("wall_ms"),
            memory: try fields.count("memory_bytes"),
            output: try fields.count("output_bytes"),
            processes: try fields.count("processes"))
    }
}

extension TestCase {
    private enum Form: String, CaseIterable { case stdin, call, program }

    fileprivate init(fields: JSONFields, number: Int) throws(JSONError) {
        let form: Form = try fields.choice("kind")
        let common = ["kind", "name", "expected", "alternatives", "limits", "hidden"]
        let kind: Kind
        var input = ProgramInput()
        switch form {
        case .stdin:
            try fields.rejectUnknown(allowed: common + ["stdin", "stdin_base64", "args", "call"])
            kind = .stdin
            input.stdin = try fields.bytes("stdin") ?? []
            input.arguments = try fields.optionalStrings("args") ?? []
            input.call = try fields.optionalString("call")
            _ = try fields.string("expected")
        case .call:
            try fields.rejectUnknown(allowed: common + ["fn_name", "args"])
            kind = .call(functionName: try fields.string("fn_name"), arguments: try fields.array("args"))
            _ = try fields.string("expected")
        case .program:
            try fields.rejectUnknown(allowed: common + ["code", "stdin", "stdin_base64", "args"])
            kind = .program(code: try fields.string("code"))
            input.stdin = try fields.bytes("stdin") ?? []
            input.arguments = try fields.optionalStrings("args") ?? []
        }
        self.init(
            name: try fields.optionalString("name") ?? "test \(number)",
            kind: kind,
            input: input,
            expected: try fields.optionalString("expected"),
            limits: try fields.optionalObject("limits").map(TaskLimits.init(fields:)),
            isHidden: try fields.optionalBool("hidden") ?? false)
        alternatives = try fields.optionalStrings("alternatives") ?? []
    }
}

extension Comparator {
    private enum Name: String, CaseIterable { case exact, trimmed, tokens, floats, json, unordered, checker }

    /// Reads `"tokens"` or `{"type": "floats", "absolute": 1e-9, "relative": 1e-6}`.
    fileprivate init(_ json: JSONValue, in fields: JSONFields, at name: String) throws(JSONError) {
        let options =
            if case .string = json {
                try JSONFields(["type": json], path: fields.path.appending(key: name), source: fields.source)
            } else {
                try fields.object(name)
            }
        switch try options.choice("type") as Name {
        case .exact: self = .exact
        case .trimmed: self = .trimmed
        case .tokens: self = .tokens
        case .json: self = .json
        case .unordered: self = .unordered
        case .floats:
            try options.rejectUnknown(allowed: ["type", "absolute", "relative"])
            self = .floats(
                absolute: try options.optionalDouble("absolute") ?? 0,
                relative: try options.optionalDouble("relative") ?? 0)
        case .checker:
            try options.rejectUnknown(allowed: ["type", "language", "program"])
            self = .checker(language: try options.string("language"), program: try options.string("program"))
        }
    }
}
