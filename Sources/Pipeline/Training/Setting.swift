import JSON

/// One setting of a value: its name, how it is read and how it is written, so that the two cannot part.
struct Setting<Root>: Sendable {
    /// Its name in a file.
    let name: String
    /// Takes it from a file; one that is not there stays as it is.
    let read: @Sendable (JSONFields, inout Root) throws(JSONError) -> Void
    /// What a file says of it.
    let write: @Sendable (Root) -> JSONValue
}

extension Setting {
    /// A whole number in a range.
    static func whole(
        _ name: String, _ path: any WritableKeyPath<Root, Int> & Sendable, in range: ClosedRange<Int>
    ) -> Setting {
        Setting(name: name) { fields, root throws(JSONError) in
            if let value = try fields.whole(name, in: range) { root[keyPath: path] = value }
        } write: {
            .integer(Int64($0[keyPath: path]))
        }
    }

    /// A number in a range.
    static func number(
        _ name: String, _ path: any WritableKeyPath<Root, Double> & Sendable, in range: ClosedRange<Double>
    ) -> Setting {
        Setting(name: name) { fields, root throws(JSONError) in
            if let value = try fields.number(name, in: range) { root[keyPath: path] = value }
        } write: {
            .number($0[keyPath: path])
        }
    }

    /// A number in a range, or null for none.
    static func optionalNumber(
        _ name: String, _ path: any WritableKeyPath<Root, Double?> & Sendable, in range: ClosedRange<Double>
    ) -> Setting {
        Setting(name: name) { fields, root throws(JSONError) in
            if fields.members[name] != nil { root[keyPath: path] = try fields.number(name, in: range) }
        } write: {
            $0[keyPath: path].map { .number($0) } ?? .null
        }
    }

    /// True or false.
    static func flag(_ name: String, _ path: any WritableKeyPath<Root, Bool> & Sendable) -> Setting {
        Setting(name: name) { fields, root throws(JSONError) in
            if let value = try fields.optionalBool(name) { root[keyPath: path] = value }
        } write: {
            .bool($0[keyPath: path])
        }
    }

    /// A text.
    static func text(_ name: String, _ path: any WritableKeyPath<Root, String> & Sendable) -> Setting {
        Setting(name: name) { fields, root throws(JSONError) in
            if let value = try fields.optionalString(name) { root[keyPath: path] = value }
        } write: {
            .string($0[keyPath: path])
        }
    }

    /// A text, or null for none.
    static func optionalText(_ name: String, _ path: any WritableKeyPath<Root, String?> & Sendable) -> Setting {
        Setting(name: name) { fields, root throws(JSONError) in
            if fields.members[name] != nil { root[keyPath: path] = try fields.optionalString(name) }
        } write: {
            $0[keyPath: path].map { .string($0) } ?? .null
        }
    }

    /// A case of an enumeration, by its name.
    static func choice<Choice: RawRepresentable & CaseIterable & SendableMetatype>(
        _ name: String, _ path: any WritableKeyPath<Root, Choice> & Sendable
    ) -> Setting where Choice.RawValue == String {
        Setting(name: name) { fields, root throws(JSONError) in
            if let value: Choice = try fields.choice(name) { root[keyPath: path] = value }
        } write: {
            .string($0[keyPath: path].rawValue)
        }
    }

    /// Settings of a part.
    static func part<Part>(
        _ name: String, _ path: any WritableKeyPath<Root, Part> & Sendable, _ settings: [Setting<Part>]
    ) -> Setting {
        Setting(name: name) { fields, root throws(JSONError) in
            guard let own = try fields.optionalObject(name) else { return }
            try own.read(settings, into: &root[keyPath: path])
        } write: {
            .object(settings.json(of: $0[keyPath: path]))
        }
    }
}

extension Array {
    /// What a file says of all settings of a value.
    func json<Root>(of root: Root) -> JSONObject where Element == Setting<Root> {
        JSONObject(map { ($0.name, $0.write(root)) })
    }
}

extension JSONFields {
    /// Reads all settings of a value; what is not named stays as it is, and what nobody knows is refused.
    func read<Root>(
        _ settings: [Setting<Root>], into root: inout Root, besides others: [String] = []
    ) throws(JSONError) {
        try rejectUnknown(allowed: others + settings.map(\.name))
        for setting in settings { try setting.read(self, &root) }
    }

    /// A number in a range; nil when the member is missing.
    func number(_ name: String, in range: ClosedRange<Double>) throws(JSONError) -> Double? {
        guard let value = try optionalDouble(name) else { return nil }
        guard range.contains(value) else {
            throw error("expected a number from \(range.lowerBound) to \(range.upperBound)", at: name)
        }
        return value
    }

    /// A whole number in a range; nil when the member is missing.
    func whole(_ name: String, in range: ClosedRange<Int>) throws(JSONError) -> Int? {
        guard let value = try optionalInteger(name) else { return nil }
        guard range.contains(value) else {
            throw error("expected a number from \(range.lowerBound) to \(range.upperBound)", at: name)
        }
        return value
    }

    /// The case of an enumeration that a member names; nil when it is missing.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String) throws(JSONError) -> Choice?
    where Choice.RawValue == String {
        guard let word = try optionalString(name) else { return nil }
        guard let choice = Choice(rawValue: word) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("expected one of \(known)", at: name)
        }
        return choice
    }
}
