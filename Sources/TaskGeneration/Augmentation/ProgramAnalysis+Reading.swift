import JSON

extension ProgramAnalysis {
    /// Reads the answer of an analyser about a program; nil when it is none.
    ///
    /// The answer comes from a box that read a hostile program, so a place outside of the program is left out.
    init?(_ json: JSONValue?, of code: String) {
        guard let object = json?.object, let sites = object["sites"]?.array else { return nil }
        let size = code.utf8.count
        for value in sites {
            guard let pair = value.array, pair.count == 2, let name = pair[0].string,
                let kind = EditKind(rawValue: name), let alternatives = pair[1].array
            else { continue }
            let edits = alternatives.compactMap { Self.edits($0, size: size) }
            if !edits.isEmpty { self.sites.append(EditSite(kind, edits)) }
        }
        maskableLines = (object["maskable"]?.array ?? []).compactMap { $0.integer.map(Int.init) }
        functions = (object["functions"]?.array ?? []).compactMap(Self.function)
        calls = (object["calls"]?.array ?? []).compactMap(\.string).filter { CallText.arguments(of: $0) != nil }
        literals = (object["literals"]?.array ?? []).compactMap(\.string).filter(CallText.isLiteral)
        acts = object["acts"]?.bool
        readsInput = object["reads_input"]?.bool
    }

    private static func edits(_ value: JSONValue, size: Int) -> [TextEdit]? {
        guard let parts = value.array, !parts.isEmpty else { return nil }
        var edits: [TextEdit] = []
        for part in parts {
            guard let triple = part.array, triple.count == 3, let start = triple[0].integer,
                let end = triple[1].integer, let text = triple[2].string, start >= 0, start <= end, end <= size
            else { return nil }
            edits.append(TextEdit(Int(start)..<Int(end), text))
        }
        return edits
    }

    private static func function(_ value: JSONValue) -> FunctionShape? {
        guard let pair = value.array, pair.count == 2, let name = pair[0].string, let list = pair[1].array else {
            return nil
        }
        return FunctionShape(
            name: name,
            parameters: list.compactMap { value in
                guard let parts = value.array, parts.count == 3, let name = parts[0].string else { return nil }
                return FunctionShape.Parameter(name: name, type: parts[1].string, isOptional: parts[2].bool ?? false)
            })
    }
}
