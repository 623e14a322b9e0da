/// The number a trainer gets, or why it gets none.
public enum Score: Sendable, Hashable {
    case scored(Double)
    case unscorable(reason: String)

    /// The number; nil when there is none.
    public var value: Double? {
        if case .scored(let value) = self { value } else { nil }
    }
}
