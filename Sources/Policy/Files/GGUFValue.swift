/// A value of a GGUF file's metadata.
public enum GGUFValue: Sendable, Hashable {
    case integer(Int64)
    /// A whole number that no `Int64` holds.
    case unsigned(UInt64)
    case number(Double)
    case bool(Bool)
    case string(String)
    case integers([Int64])
    case numbers([Double])
    case bools([Bool])
    case strings([String])

    /// The whole number, when this is one.
    public var integer: Int? {
        if case .integer(let value) = self { Int(value) } else { nil }
    }

    /// The number, when this is one.
    public var number: Double? {
        switch self {
        case .number(let value): value
        case .integer(let value): Double(value)
        default: nil
        }
    }

    /// The truth value, when this is one.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The text, when this is one.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The texts, when this is a list of them.
    public var strings: [String]? {
        if case .strings(let values) = self { values } else { nil }
    }

    /// The whole numbers, when this is a list of them.
    public var integers: [Int64]? {
        if case .integers(let values) = self { values } else { nil }
    }
}
