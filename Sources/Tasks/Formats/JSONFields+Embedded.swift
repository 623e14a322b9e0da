import JSON

/// Fields as data sets hold them: JSON inside strings, and texts as lists of lines.
extension JSONFields {
    /// The fields of a member that is an object, or a string that holds one.
    ///
    /// - Parameter orList: Whether a string that holds a list is nil instead of an error.
    func embedded(_ name: String, orList: Bool = false) throws(JSONError) -> JSONFields? {
        guard let value = value(name) else { return nil }
        guard case .string(let text) = value else { return try object(name) }
        let inner = try parse(text, in: name)
        if orList, case .array = inner { return nil }
        // The text inside has lines of its own, which would only mislead.
        return try JSONFields(inner, path: path.appending(key: name))
    }

    /// The objects of a member that is a list, or a string that holds one.
    func entries(_ name: String) throws(JSONError) -> [JSONFields] {
        guard let value = value(name) else { return [] }
        guard case .string(let text) = value else { return try objects(name) }
        return try JSONFields([name: try parse(text, in: name)], path: path).objects(name)
    }

    /// The text of an input or output: a string, a list of lines, or a number.
    func text(_ value: JSONValue, at place: JSONPath) throws(JSONError) -> String {
        switch value {
        case .string(let text): return text
        case .integer, .number: return value.serialized()
        case .array(let lines):
            return try lines.enumerated().map { index, line throws(JSONError) in
                try text(line, at: place.appending(index: index))
            }.joined(separator: "\n")
        default: throw error("expected a string or a list of lines, found \(value.typeName)", at: place)
        }
    }

    /// The arguments of a call: a list, or a string with one JSON value a line.
    func arguments(_ value: JSONValue) throws(JSONError) -> [JSONValue] {
        guard case .string(let text) = value else { return value.array ?? [value] }
        var arguments: [JSONValue] = []
        for line in TextLines.split(text) where !line.allSatisfy(\.isWhitespace) {
            arguments.append(try parse(String(line), in: "input"))
        }
        return arguments
    }

    private func parse(_ text: String, in name: String) throws(JSONError) -> JSONValue {
        do {
            return try JSONValue.parse(text)
        } catch {
            if Base64.decode(text)?.first == 0x78 {
                throw self.error(
                    "holds base64 of a zlib stream: LiveCodeBench packs a Python pickle there, which is a program and is "
                        + "not run; unpack it with the data set's own loader and give JSON",
                    at: name)
            }
            throw self.error(
                "the string is not JSON (line \(error.line), column \(error.column)): \(error.message)", at: name)
        }
    }
}
