public import JSON

extension Snippet {
    /// Reads a snippet from its JSON: `{"id", "language", "code", ...}`.
    ///
    /// - Parameters:
    ///   - source: The text, for the line and column of an error.
    ///   - defaultID: The name of a snippet whose `id` is missing.
    ///   - defaultLanguage: The language of a snippet whose `language` is missing; nil makes the field required.
    /// - Throws: `TaskError` for a missing field or a wrong type.
    public init(
        _ json: JSONValue, source: JSONSource? = nil, defaultID: String = "", defaultLanguage: String? = nil
    ) throws(TaskError) {
        do throws(JSONError) {
            let fields = try JSONFields(json, source: source)
            let language = try fields.optionalString("language") ?? defaultLanguage
            guard let language, !language.isEmpty else { throw fields.error("missing field \"language\"") }
            var others = fields.members
            for name in ["id", "language", "code"] { others[name] = nil }
            self.init(
                id: try fields.identifier("id") ?? defaultID, language: language, code: try fields.string("code"),
                fields: others)
        } catch {
            throw TaskError(error)
        }
    }

    /// The snippet as one JSON object; the inverse of reading it.
    public var json: JSONValue {
        var object: JSONObject = ["id": .string(id), "language": .string(language), "code": .string(code)]
        for (key, value) in fields where object[key] == nil { object[key] = value }
        return .object(object)
    }
}
