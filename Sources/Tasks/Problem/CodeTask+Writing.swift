public import JSON

extension CodeTask {
    /// The task as one JSON object that holds everything needed to score an answer.
    public var json: JSONValue {
        var object: JSONObject = ["version": 1, "kind": .string(kind.rawValue), "id": .string(id)]
        object["language"] = .string(language)
        object["program"] = .string(program)
        object["stdin"] = stdin.map(JSONValue.string)
        object["call"] = call.map(JSONValue.string)
        if !files.isEmpty {
            let sorted = files.sorted { $0.key < $1.key }
            object["files"] = .object(JSONObject(sorted.map { ($0.key, fileJSON($0.value)) }))
        }
        object["truth"] = truth?.json
        if !maskedLines.isEmpty {
            object["masked_lines"] = .array(
                maskedLines.map { ["index": .integer(Int64($0.index)), "original": .string($0.original)] })
        }
        if !hiddenInputs.isEmpty { object["hidden_inputs"] = .array(hiddenInputs.map { .object($0.members) }) }
        if !tests.isEmpty { object["tests"] = .array(tests.map(\.json)) }
        object["limits"] = limits?.json
        object["comparator"] = comparator.json
        return .object(object)
    }
}

// MARK: -

/// A text when the bytes are one, or base64.
private func fileJSON(_ bytes: [UInt8]) -> JSONValue {
    String(validating: bytes, as: UTF8.self).map(JSONValue.string) ?? ["base64": .string(Base64.encode(bytes))]
}

extension Truth {
    fileprivate var json: JSONValue {
        [
            "stdout": .string(stdout), "stderr": .string(stderr), "exit_code": .integer(Int64(exitCode)),
            "failure": failure?.json ?? .null,
        ]
    }
}

extension Failure {
    fileprivate var json: JSONValue {
        [
            "type": type.map(JSONValue.string) ?? .null, "message": message.map(JSONValue.string) ?? .null,
            "line": line.map { .integer(Int64($0)) } ?? .null,
        ]
    }
}

extension ProgramInput {
    fileprivate var members: JSONObject {
        var object: JSONObject = [:]
        if let text = String(validating: stdin, as: UTF8.self) {
            if !text.isEmpty { object["stdin"] = .string(text) }
        } else {
            object["stdin_base64"] = .string(Base64.encode(stdin))
        }
        if !arguments.isEmpty { object["args"] = .array(arguments.map(JSONValue.string)) }
        object["call"] = call.map(JSONValue.string)
        if !edits.isEmpty {
            object["edits"] = .array(edits.map { ["index": .integer(Int64($0.index)), "line": .string($0.line)] })
        }
        return object
    }
}

extension TaskLimits {
    fileprivate var json: JSONValue {
        var object: JSONObject = [:]
        object["cpu_ms"] = cpuTime.map { .number($0 / .milliseconds(1)) }
        object["wall_ms"] = wallTime.map { .number($0 / .milliseconds(1)) }
        object["memory_bytes"] = memory.map { .integer(Int64($0)) }
        object["output_bytes"] = output.map { .integer(Int64($0)) }
        object["processes"] = processes.map { .integer(Int64($0)) }
        return .object(object)
    }
}

extension TestCase {
    fileprivate var json: JSONValue {
        var object: JSONObject = ["name": .string(name)]
        switch kind {
        case .stdin:
            object["kind"] = "stdin"
        case .call(let functionName, let arguments):
            object["kind"] = "call"
            object["fn_name"] = .string(functionName)
            object["args"] = .array(arguments)
        case .program(let code):
            object["kind"] = "program"
            object["code"] = .string(code)
        }
        if case .call = kind {} else { for (key, value) in input.members { object[key] = value } }
        object["expected"] = expected.map(JSONValue.string)
        if !alternatives.isEmpty { object["alternatives"] = .array(alternatives.map(JSONValue.string)) }
        object["limits"] = limits?.json
        if isHidden { object["hidden"] = true }
        return .object(object)
    }
}

extension Comparator {
    fileprivate var json: JSONValue {
        switch self {
        case .exact: "exact"
        case .trimmed: "trimmed"
        case .tokens: "tokens"
        case .json: "json"
        case .unordered: "unordered"
        case .floats(let absolute, let relative):
            ["type": "floats", "absolute": .number(absolute), "relative": .number(relative)]
        case .checker(let language, let program):
            ["type": "checker", "language": .string(language), "program": .string(program)]
        }
    }
}
