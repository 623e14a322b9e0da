import JSON

/// Reads combiners from JSON and finds every mistake in them at once on loading.
struct CombinerReader {
    /// The components that the preset lists, in its order.
    let components: [RewardComponent]
    /// The text of the preset.
    let source: JSONSource

    private enum Operator: String, CaseIterable {
        case sum, mean, product, min, max, clip, scale, gate, fact
    }

    /// Reads one expression: a number, the name of a component, or an object with one operator.
    func read(_ json: JSONValue, at path: JSONPath) throws(JSONError) -> Combiner {
        switch json {
        case .integer, .number: return .constant(try finite(json, at: path))
        case .string(let name): return try component(name, at: path)
        case .object: return try operation(JSONFields(json, path: path, source: source))
        default:
            throw source.error(
                "expected a number, the name of a component, or an object with an operator, found \(json.typeName)",
                at: path)
        }
    }

    // MARK: -

    private func component(_ name: String, at path: JSONPath) throws(JSONError) -> Combiner {
        if let index = components.firstIndex(where: { $0.name == name }) { return .component(index: index, name: name) }
        if Fact(rawValue: name) != nil {
            throw source.error("\"\(name)\" is a fact: write {\"fact\": \"\(name)\"}", at: path)
        }
        if RewardComponent.all.contains(where: { $0.name == name }) {
            throw source.error("the component \"\(name)\" is not listed in \"components\"", at: path)
        }
        let known = components.map(\.name).joined(separator: ", ")
        throw source.error("unknown component \"\(name)\"; this preset lists \(known)", at: path)
    }

    private func operation(_ fields: JSONFields) throws(JSONError) -> Combiner {
        let found = Operator.allCases.filter { fields.members[$0.rawValue] != nil }
        guard let name = found.first, found.count == 1 else {
            let known = Operator.allCases.map(\.rawValue).joined(separator: ", ")
            throw fields.error(
                found.isEmpty ? "no operator; known are \(known)" : "more than one operator: \(found.map(\.rawValue))")
        }
        switch name {
        case .sum: return .sum(try terms(fields))
        case .mean: return .mean(try list(fields, "mean"))
        case .product: return .product(try list(fields, "product"))
        case .min: return .minimum(try list(fields, "min"))
        case .max: return .maximum(try list(fields, "max"))
        case .clip: return try clip(fields)
        case .scale: return try scale(fields)
        case .gate: return try gate(fields)
        case .fact:
            try fields.rejectUnknown(allowed: ["fact"])
            let text = try fields.string("fact")
            guard let fact = Fact(rawValue: text) else {
                let known = Fact.allCases.map(\.rawValue).joined(separator: ", ")
                throw fields.error("unknown fact \"\(text)\"; known are \(known)", at: "fact")
            }
            return .fact(fact)
        }
    }

    /// A sum's terms are expressions, or `{"weight": 0.9, "of": expression}`.
    private func terms(_ fields: JSONFields) throws(JSONError) -> [(weight: Double, of: Combiner)] {
        var terms: [(weight: Double, of: Combiner)] = []
        for (term, path) in try elements(fields, "sum") {
            guard term["weight"] != nil else {
                terms.append((1, try read(term, at: path)))
                continue
            }
            let weighted = try JSONFields(term, path: path, source: source)
            try weighted.rejectUnknown(allowed: ["weight", "of"])
            let weight = try number(weighted, "weight") ?? 1
            terms.append((weight, try expression(weighted, "of")))
        }
        return terms
    }

    private func list(_ fields: JSONFields, _ name: String) throws(JSONError) -> [Combiner] {
        var list: [Combiner] = []
        for (element, path) in try elements(fields, name) { list.append(try read(element, at: path)) }
        return list
    }

    private func elements(
        _ fields: JSONFields, _ name: String
    ) throws(JSONError) -> [(value: JSONValue, path: JSONPath)] {
        try fields.rejectUnknown(allowed: [name])
        let elements = try fields.array(name)
        guard !elements.isEmpty else { throw fields.error("must not be empty", at: name) }
        return elements.enumerated().map { ($1, fields.path.appending(key: name).appending(index: $0)) }
    }

    private func clip(_ fields: JSONFields) throws(JSONError) -> Combiner {
        try fields.rejectUnknown(allowed: ["clip", "low", "high"])
        let low = try number(fields, "low") ?? 0
        let high = try number(fields, "high") ?? 1
        guard low <= high else { throw fields.error("\"low\" (\(low)) is above \"high\" (\(high))", at: "low") }
        return .clip(try expression(fields, "clip"), low: low, high: high)
    }

    private func scale(_ fields: JSONFields) throws(JSONError) -> Combiner {
        try fields.rejectUnknown(allowed: ["scale", "by", "offset"])
        guard let factor = try number(fields, "by") else { throw fields.error("missing field \"by\"") }
        return .scale(
            try expression(fields, "scale"), factor: factor, offset: try number(fields, "offset") ?? 0)
    }

    private func gate(_ fields: JSONFields) throws(JSONError) -> Combiner {
        try fields.rejectUnknown(allowed: ["gate", "above", "then", "else"])
        let otherwise = fields.value("else") == nil ? .constant(0) : try expression(fields, "else")
        return .gate(
            try expression(fields, "gate"), above: try number(fields, "above") ?? 0,
            then: try expression(fields, "then"), otherwise: otherwise)
    }

    private func expression(_ fields: JSONFields, _ name: String) throws(JSONError) -> Combiner {
        guard let value = fields.members[name] else { throw fields.error("missing field \"\(name)\"") }
        return try read(value, at: fields.path.appending(key: name))
    }

    private func number(_ fields: JSONFields, _ name: String) throws(JSONError) -> Double? {
        guard let value = fields.value(name) else { return nil }
        return try finite(value, at: fields.path.appending(key: name))
    }

    /// A number that cannot make a score overflow.
    private func finite(_ value: JSONValue, at path: JSONPath) throws(JSONError) -> Double {
        guard let number = value.double else {
            throw source.error("expected a number, found \(value.typeName)", at: path)
        }
        guard number.magnitude <= 1e6 else { throw source.error("must lie between -1e6 and 1e6", at: path) }
        return number
    }
}
