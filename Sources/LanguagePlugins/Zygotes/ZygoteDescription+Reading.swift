import JSON

extension ZygoteDescription {
    /// Reads a manifest's field `zygote`.
    init(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["folder", "environment", "cold_words", "cold_files", "profiles"])
        folder = try fields.fileName("folder")
        environment = try fields.environment()
        coldWords = try fields.words("cold_words")
        coldFiles = Set(try fields.optionalStrings("cold_files") ?? [])
        profiles = []
        for fields in try fields.optionalObjects("profiles") ?? [] { profiles.append(try ZygoteProfile(fields)) }
        guard !profiles.isEmpty else { throw fields.error("expected at least one profile", at: "profiles") }
    }
}

extension ZygoteProfile {
    fileprivate init(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["name", "mentions", "only_with", "environment"])
        name = try fields.fileName("name")
        mentions = try fields.words("mentions")
        onlyWith = try fields.optionalString("only_with")
        if let onlyWith, let problem = MountRule.problem(with: onlyWith) {
            throw fields.error(problem, at: "only_with")
        }
        environment = try fields.environment()
    }
}

extension JSONFields {
    /// Words of letters, digits and `_`; none when the field is missing.
    func words(_ name: String) throws(JSONError) -> WordSet {
        let words = try optionalStrings(name) ?? []
        for (index, word) in words.enumerated() where !VariableName.isValid(word) {
            throw error(VariableName.rule, at: path.appending(key: name).appending(index: index))
        }
        return WordSet(words)
    }
}
