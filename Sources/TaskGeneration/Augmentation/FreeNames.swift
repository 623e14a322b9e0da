/// Names for variables that mean nothing, for renaming and for statements that do nothing.
enum FreeNames {
    /// The names, those for renaming first.
    static let candidates = [
        "alpha", "value1", "item_a", "tmp0", "entry", "data1", "node_x", "gamma", "first_v", "quux", "unused_v",
        "spare",
    ]

    /// A statement with a name in its place.
    static func fill(_ statement: String, name: String) -> String {
        var filled = ""
        var rest = statement[...]
        while let open = rest.firstIndex(of: "{") {
            filled += rest[..<open]
            rest = rest[open...]
            if rest.hasPrefix("{name}") {
                filled += name
                rest = rest.dropFirst("{name}".count)
            } else {
                filled += "{"
                rest = rest.dropFirst()
            }
        }
        return filled + rest
    }
}
