/// The way from the root of a JSON text to one value in it.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
    /// One step down: into a member of an object or an element of an array.
    public enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    /// The steps from the root.
    public var steps: [Step]

    /// Makes a path from its steps.
    public init(_ steps: [Step] = []) { self.steps = steps }

    /// The path of the whole text, `$`.
    public static let root = JSONPath()

    /// The path of a member of the object at this path.
    public func appending(key: String) -> JSONPath { JSONPath(steps + [.key(key)]) }

    /// The path of an element of the array at this path.
    public func appending(index: Int) -> JSONPath { JSONPath(steps + [.index(index)]) }

    /// The path as text: `$.run.command[0]`, and `$["odd key"]` for a key that is not a plain word.
    public var description: String {
        steps.reduce(into: "$") { text, step in
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where Self.isPlain(key): text += ".\(key)"
            case .key(let key): text += "[\(JSONValue.string(key).serialized())]"
            }
        }
    }

    private static func isPlain(_ key: String) -> Bool {
        !key.isEmpty
            && key.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
