import JSON

/// The types of field that only manifests have.
extension JSONFields {
    /// A text that is not empty and can be an argument of a command.
    func text(_ name: String) throws(JSONError) -> String {
        let text = try string(name)
        guard !text.isEmpty, !text.utf8.contains(0) else {
            throw error("expected a text that is not empty and has no NUL", at: name)
        }
        return text
    }

    /// Texts that are not empty.
    func texts(_ name: String) throws(JSONError) -> [String]? {
        let texts = try optionalStrings(name)
        for (index, text) in (texts ?? []).enumerated() where text.isEmpty {
            throw error("expected a text that is not empty", at: path.appending(key: name).appending(index: index))
        }
        return texts
    }

    /// The name of a language.
    func name(_ name: String) throws(JSONError) -> String {
        let text = try string(name)
        guard LanguageName.isValid(text) else { throw error(LanguageName.rule, at: name) }
        return text
    }

    /// The name of a file without folders.
    func fileName(_ name: String) throws(JSONError) -> String {
        let text = try string(name)
        guard FileName.isValid(text) else { throw error(FileName.rule, at: name) }
        return text
    }

    /// A whole number from 1 to a bound; nil when the field is missing.
    func count(_ name: String, upTo bound: Int) throws(JSONError) -> Int? {
        guard let count = try optionalInteger(name) else { return nil }
        guard (1...bound).contains(count) else { throw error("expected a number from 1 to \(bound)", at: name) }
        return count
    }

    /// A command of at least one word.
    func command(_ allowed: Set<CommandTemplate.Placeholder>) throws(JSONError) -> [CommandTemplate] {
        guard let command = try templates("command", allowing: allowed) else {
            throw error("missing field \"command\"")
        }
        guard !command.isEmpty else { throw error("the command must not be empty", at: "command") }
        return command
    }

    /// Texts with placeholders; nil when the field is missing.
    func templates(_ name: String, allowing allowed: Set<CommandTemplate.Placeholder>) throws(JSONError)
        -> [CommandTemplate]?
    {
        guard let texts = try optionalStrings(name) else { return nil }
        var templates: [CommandTemplate] = []
        for (index, text) in texts.enumerated() {
            templates.append(
                try template(text, allowing: allowed, at: path.appending(key: name).appending(index: index)))
        }
        return templates
    }

    /// The variables of a field, by default of `environment`.
    func environment(_ name: String = "environment") throws(JSONError) -> [String: CommandTemplate] {
        var environment: [String: CommandTemplate] = [:]
        guard let fields = try optionalObject(name) else { return [:] }
        for key in fields.members.keys {
            guard VariableName.isValid(key) else { throw fields.error(VariableName.rule, at: key) }
            let value = try template(
                fields.string(key), allowing: [.program, .toolchain, .scratch, .memoryMB, .heapMB],
                at: fields.path.appending(key: key))
            guard !value.uses(.scratch) || value.text.hasPrefix("{scratch}") else {
                throw fields.error("{scratch} must stand at the start", at: key)
            }
            environment[key] = value
        }
        return environment
    }

    /// A statement with one placeholder that it must use; nil when the field is missing.
    func statement(_ name: String, with placeholder: CommandTemplate.Placeholder) throws(JSONError)
        -> CommandTemplate?
    {
        guard let text = try optionalString(name) else { return nil }
        let statement = try template(text, allowing: [placeholder], at: path.appending(key: name))
        guard statement.uses(placeholder) else {
            throw error("the statement must hold {\(placeholder.rawValue)}", at: name)
        }
        return statement
    }

    /// A pattern for a line.
    func pattern(_ text: String, at place: JSONPath) throws(JSONError) -> LinePattern {
        do throws(LinePatternError) {
            return try LinePattern(text)
        } catch {
            throw self.error(error.message, at: place)
        }
    }

    private func template(_ text: String, allowing allowed: Set<CommandTemplate.Placeholder>, at place: JSONPath)
        throws(JSONError) -> CommandTemplate
    {
        guard !text.utf8.contains(0) else { throw error("a NUL cannot be part of a command", at: place) }
        do throws(TemplateError) {
            return try CommandTemplate(text, allowing: allowed)
        } catch {
            throw self.error(error.message, at: place)
        }
    }
}
