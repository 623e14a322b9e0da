/// The members of a JSON object in the order in which they were put in; equality does not ask for the order.
public struct JSONObject: Sendable, ExpressibleByDictionaryLiteral {
    private struct Member: Sendable {
        let key: String
        var value: JSONValue
    }

    /// Up to this many members are searched one after the other, which is faster than hashing and takes less memory.
    private static let searchLimit = 16

    private var members: [Member] = []
    /// Where each member stands; nil while there are few.
    private var positions: [String: Int]?

    /// Makes an object without members.
    public init() {}

    /// Makes an object from names and values; the last of equal names wins.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        for (key, value) in members { self[key] = value }
    }

    /// Makes an object from a literal; the last of equal names wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }

    /// The names of the members, in order.
    public var keys: [String] { members.map(\.key) }

    /// The member of that name; setting nil takes it out.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            guard let newValue else {
                remove(key)
                return
            }
            if let position = position(of: key) {
                members[position].value = newValue
            } else {
                append(Member(key: key, value: newValue))
            }
        }
    }

    /// Makes room for members that are about to come.
    mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

    /// Adds a member, unless there is one of that name.
    mutating func insert(_ value: JSONValue, forNew key: String) -> Bool {
        guard position(of: key) == nil else { return false }
        append(Member(key: key, value: value))
        return true
    }

    /// The first name that is none of the allowed ones.
    func firstKey(notIn allowed: [String]) -> String? {
        for member in members where !allowed.contains(member.key) { return member.key }
        return nil
    }

    // MARK: -

    private func position(of key: String) -> Int? {
        if let positions { return positions[key] }
        for position in members.indices where members[position].key == key { return position }
        return nil
    }

    private mutating func append(_ member: Member) {
        members.append(member)
        if positions != nil {
            positions?[member.key] = members.count - 1
        } else if members.count > Self.searchLimit {
            indexMembers()
        }
    }

    private mutating func remove(_ key: String) {
        guard let position = position(of: key) else { return }
        members.remove(at: position)
        // Those behind it have moved.
        if positions != nil { indexMembers() }
    }

    private mutating func indexMembers() {
        var positions: [String: Int] = [:]
        positions.reserveCapacity(2 * members.count)
        for (position, member) in members.enumerated() { positions[member.key] = position }
        self.positions = positions
    }
}

extension JSONObject: Hashable {
    /// Whether both hold the same members, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    /// Feeds the members to the hasher, so that their order does not matter.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members {
            var own = Hasher()
            own.combine(member.key)
            own.combine(member.value)
            sum ^= own.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: RandomAccessCollection {
    /// The first position.
    public var startIndex: Int { 0 }

    /// The position past the last member.
    public var endIndex: Int { members.count }

    /// The name and value of the member at a position.
    public subscript(position: Int) -> (key: String, value: JSONValue) {
        let member = members[position]
        return (member.key, member.value)
    }
}
