/// A value written as JSON or as a Python literal.
///
/// Lists and tuples are one thing, for JSON has no tuples; `1.0` equals `1`; sets and dictionaries have no order.
enum Literal: Hashable {
    case null
    case bool(Bool)
    /// A whole number of any length, as its digits.
    case whole(String)
    case number(Double)
    case text([UInt8])
    case bytes([UInt8])
    case list([Literal])
    case set(Set<Literal>)
    case dictionary([Literal: Literal])

    /// Reads a text that is one literal; nil when it is not.
    init?(_ text: String) {
        var parser = LiteralParser(Array(text.utf8))
        guard let value = parser.parse() else { return nil }
        self = value
    }

    /// A number; a whole one that a `Double` holds exactly equals the same digits without a point.
    static func value(of number: Double) -> Literal {
        if let whole = Int64(exactly: number), whole.magnitude < 1 << 53 { return .whole(String(whole)) }
        return .number(number)
    }
}
