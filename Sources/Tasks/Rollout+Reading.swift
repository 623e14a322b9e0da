public import JSON

extension Rollout {
    /// Reads a rollout from a line: `{"id", "task": {...} | "<string>", "completion": "text" | [messages]}`.
    ///
    /// - Throws: `TaskError` with the number of the line in its file and the path of the field.
    public init(line: JSONLine, limits: JSONLimits = .standard) throws(TaskError) {
        do {
            let bytes = try line.content.get()
            try self.init(
                line.parse(limits: limits), source: JSONSource(bytes), defaultID: "line \(line.number)")
        } catch let error as TaskError {
            throw error.inLine(line.number)
        } catch let error as JSONError {
            throw TaskError(error).inLine(line.number)
        } catch {
            throw TaskError("\(error)")
        }
    }

    /// Reads a rollout from its JSON.
    ///
    /// - Parameter defaultID: The name of a rollout whose `id` is missing.
    /// - Throws: `TaskError` with the path of the field.
    public init(_ json: JSONValue, source: JSONSource? = nil, defaultID: String = "") throws(TaskError) {
        let fields: JSONFields
        let id: String
        let completion: Completion
        do {
            fields = try JSONFields(json, source: source)
            id = try fields.identifier("id") ?? defaultID
            completion = try Completion(fields: fields)
        } catch {
            throw TaskError(error)
        }
        guard let value = fields.value("task") else { throw TaskError(fields.error("missing field \"task\"")) }
        let task = try CodeTask(reading: value, path: .root.appending(key: "task"), source: source)
        self.init(id: id, task: task, completion: completion)
    }
}

extension CodeTask {
    /// Reads a task from whatever holds one: its own JSON, JSON in a string, or one of the usual test-case formats.
    ///
    /// - Throws: `TaskError`; for a task in a string, line and column are those inside the string.
    public init(reading json: JSONValue, path: JSONPath = .root, source: JSONSource? = nil) throws(TaskError) {
        guard case .string(let text) = json else {
            if TestCaseFormats.isNative(json) {
                try self.init(json, path: path, source: source)
            } else {
                self = try TestCaseFormats.task(from: json, path: path, source: source)
            }
            return
        }
        let inner = JSONSource(text)
        let value: JSONValue
        do {
            value = try inner.parse()
        } catch {
            var located = error
            located.path = path.description
            located.message = "the string is not JSON: " + error.message
            throw TaskError(located)
        }
        guard case .object = value else {
            throw TaskError("expected an object in the string, found \(value.typeName)", at: path)
        }
        try self.init(reading: value, path: path, source: inner)
    }
}

// MARK: -

extension TaskError {
    /// The error with the number of its line; columns of a task inside a string are not columns of the line.
    fileprivate func inLine(_ number: Int) -> TaskError {
        var located = cause
        located.line = number
        located.column = max(1, located.column)
        return TaskError(located)
    }
}

extension JSONFields {
    /// A name given as text or as a whole number.
    func identifier(_ name: String) throws(JSONError) -> String? {
        guard let value = value(name) else { return nil }
        if let number = value.integer { return String(number) }
        guard let text = value.string else {
            throw error("expected a string or a whole number, found \(value.typeName)", at: name)
        }
        return text
    }
}

extension Completion {
    fileprivate init(fields: JSONFields) throws(JSONError) {
        let tokenCount = try fields.optionalInteger("token_count")
        switch fields.value("completion") {
        case nil:
            throw fields.error("missing field \"completion\"")
        case .string(let text):
            self.init(text: text, tokenCount: tokenCount)
        case .array:
            var text: String?
            for message in try fields.objects("completion") where try message.string("role") == "assistant" {
                text = try message.messageText()
            }
            guard let text else { throw fields.error("holds no message of the assistant", at: "completion") }
            self.init(text: text, tokenCount: tokenCount)
        case let other?:
            throw fields.error("expected a string or an array of messages, found \(other.typeName)", at: "completion")
        }
    }
}

extension JSONFields {
    /// The content of a message: a text, or the text of its parts.
    fileprivate func messageText() throws(JSONError) -> String {
        guard case .array = value("content") else { return try optionalString("content") ?? "" }
        var text = ""
        for part in try objects("content") { text += try part.optionalString("text") ?? "" }
        return text
    }
}
