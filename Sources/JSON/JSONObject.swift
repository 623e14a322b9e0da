/// The members of a JSON object in the order in which they were put in; equality does not ask for the order.
public struct JSONObject: Sendable, ExpressibleByDictionaryLiteral {
    /// The names of the members, in order.
    public private(set) var keys: [String] = []
    private var values: [String: JSONValue] = [:]

    /// Makes an object without members.
    public init() {}

    /// Makes an object from names and values; the last of equal names wins.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        for (key, value) in members { self[key] = value }
    }

    /// Makes an object from a literal; the last of equal names wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }

    /// The member of that name; setting nil takes it out.
    public subscript(key: String) -> JSONValue? {
        get { values[key] }
        set {
            if let newValue {
                if values.updateValue(newValue, forKey: key) == nil { keys.append(key) }
            } else if values.removeValue(forKey: key) != nil {
                keys.removeAll { $0 == key }
            }
        }
    }
}

extension JSONObject: Hashable {
    /// Whether both hold the same members, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool { left.values == right.values }

    /// Feeds the members to the hasher, so that their order does not matter.
    public func hash(into hasher: inout Hasher) { hasher.combine(values) }
}

extension JSONObject: RandomAccessCollection {
    /// The first position.
    public var startIndex: Int { 0 }

    /// The position past the last member.
    public var endIndex: Int { keys.count }

    /// The name and value of the member at a position.
    public subscript(position: Int) -> (key: String, value: JSONValue) {
        let key = keys[position]
        return (key, values[key] ?? .null)
    }
}
