import JSON

extension JSONValue {
    /// The value without the members `$comment`, which JSON Schema keeps for what is said to people.
    var withoutComments: JSONValue {
        switch self {
        case .object(let members):
            let kept = members.keys.filter { $0 != "$comment" }
            return .object(JSONObject(kept.map { ($0, members[$0]?.withoutComments ?? .null) }))
        case .array(let elements): return .array(elements.map(\.withoutComments))
        default: return self
        }
    }
}
