/// Reads the members of one object by name and type; every error names the member and, given the source, its place.
public struct JSONFields: Sendable {
    /// The members.
    public let members: JSONObject
    /// Where the object stands in its text.
    public let path: JSONPath
    /// The text, when it is known.
    public let source: JSONSource?

    /// Makes a reader of an object.
    ///
    /// - Throws: `JSONError` when the value is no object.
    public init(_ value: JSONValue, path: JSONPath = .root, source: JSONSource? = nil) throws(JSONError) {
        self.path = path
        self.source = source
        guard case .object(let members) = value else {
            self.members = [:]
            throw error("expected an object, found \(value.typeName)")
        }
        self.members = members
    }

    /// The member of that name; nil when it is missing or `null`.
    public func value(_ name: String) -> JSONValue? {
        guard let value = members[name], !value.isNull else { return nil }
        return value
    }

    /// An error about a member, or about the object itself.
    public func error(_ message: String, at name: String? = nil) -> JSONError {
        error(message, at: name.map(path.appending(key:)) ?? path)
    }

    /// An error about a value anywhere in the text.
    public func error(_ message: String, at place: JSONPath) -> JSONError {
        source?.error(message, at: place) ?? JSONError(message, path: place.description)
    }

    /// Refuses members that nobody reads: a misspelt name must not be ignored in silence.
    public func rejectUnknown(allowed: [String]) throws(JSONError) {
        if let key = members.firstKey(notIn: allowed) {
            throw error("unknown field \"\(key)\"; known are \(allowed.joined(separator: ", "))", at: key)
        }
    }
}

extension JSONFields {
    /// The text of a member.
    public func string(_ name: String) throws(JSONError) -> String { try required(name, optionalString(name)) }

    /// The text of a member; nil when it is missing or `null`.
    public func optionalString(_ name: String) throws(JSONError) -> String? {
        try read(name, as: "a string") { $0.string }
    }

    /// The whole number of a member.
    public func integer(_ name: String) throws(JSONError) -> Int { try required(name, optionalInteger(name)) }

    /// The whole number of a member; nil when it is missing or `null`.
    public func optionalInteger(_ name: String) throws(JSONError) -> Int? {
        try read(name, as: "a whole number") { $0.integer.map(Int.init) }
    }

    /// The number of a member.
    public func double(_ name: String) throws(JSONError) -> Double { try required(name, optionalDouble(name)) }

    /// The number of a member; nil when it is missing or `null`.
    public func optionalDouble(_ name: String) throws(JSONError) -> Double? {
        try read(name, as: "a number") { $0.double }
    }

    /// The truth value of a member.
    public func bool(_ name: String) throws(JSONError) -> Bool { try required(name, optionalBool(name)) }

    /// The truth value of a member; nil when it is missing or `null`.
    public func optionalBool(_ name: String) throws(JSONError) -> Bool? {
        try read(name, as: "true or false") { $0.bool }
    }

    /// The elements of a member.
    public func array(_ name: String) throws(JSONError) -> [JSONValue] { try required(name, optionalArray(name)) }

    /// The elements of a member; nil when it is missing or `null`.
    public func optionalArray(_ name: String) throws(JSONError) -> [JSONValue]? {
        try read(name, as: "an array") { $0.array }
    }

    /// The fields of a member that is an object.
    public func object(_ name: String) throws(JSONError) -> JSONFields { try required(name, optionalObject(name)) }

    /// The fields of a member that is an object; nil when it is missing or `null`.
    public func optionalObject(_ name: String) throws(JSONError) -> JSONFields? {
        guard let value = value(name) else { return nil }
        return try JSONFields(value, path: path.appending(key: name), source: source)
    }

    /// The fields of each element of a member that is an array of objects; nil when it is missing or `null`.
    public func optionalObjects(_ name: String) throws(JSONError) -> [JSONFields]? {
        guard let elements = try optionalArray(name) else { return nil }
        var objects: [JSONFields] = []
        for (index, element) in elements.enumerated() {
            objects.append(
                try JSONFields(element, path: path.appending(key: name).appending(index: index), source: source))
        }
        return objects
    }

    /// The fields of each element of a member that is an array of objects.
    public func objects(_ name: String) throws(JSONError) -> [JSONFields] { try required(name, optionalObjects(name)) }

    /// The texts of a member that is an array of strings.
    public func strings(_ name: String) throws(JSONError) -> [String] { try required(name, optionalStrings(name)) }

    /// The texts of a member that is an array of strings; nil when it is missing or `null`.
    public func optionalStrings(_ name: String) throws(JSONError) -> [String]? {
        guard let elements = try optionalArray(name) else { return nil }
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            guard let text = element.string else {
                throw error(
                    "expected a string, found \(element.typeName)",
                    at: path.appending(key: name).appending(index: index))
            }
            texts.append(text)
        }
        return texts
    }

    // MARK: -

    private func required<Value>(_ name: String, _ value: Value?) throws(JSONError) -> Value {
        if let value { return value }
        // A missing member has no place of its own: its object does.
        throw members[name] == nil
            ? error("missing field \"\(name)\"", at: path) : error("must not be null", at: name)
    }

    private func read<Value>(_ name: String, as type: String, _ extract: (JSONValue) -> Value?) throws(JSONError)
        -> Value?
    {
        guard let value = value(name) else { return nil }
        guard let extracted = extract(value) else {
            throw error("expected \(type), found \(value.typeName)", at: name)
        }
        return extracted
    }
}
