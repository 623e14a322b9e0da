extension Combiner: CustomStringConvertible {
    /// The combiner as a formula that a reader knows from papers.
    var description: String {
        switch self {
        case .constant(let number): "\(number)"
        case .component(_, let name): name
        case .fact(let fact): fact.rawValue
        case .sum(let terms):
            "(" + terms.map { $0.weight == 1 ? "\($0.of)" : "\($0.weight) * \($0.of)" }.joined(separator: " + ") + ")"
        case .mean(let terms): "mean" + Self.list(terms)
        case .product(let factors): "(" + factors.map(\.description).joined(separator: " * ") + ")"
        case .minimum(let terms): "min" + Self.list(terms)
        case .maximum(let terms): "max" + Self.list(terms)
        case .clip(let inner, let low, let high): "clip(\(inner), \(low), \(high))"
        case .scale(let inner, let factor, let offset):
            offset == 0 ? "\(factor) * \(inner)" : "(\(factor) * \(inner) + \(offset))"
        case .gate(let condition, let threshold, let then, let otherwise):
            "(if \(condition)\(threshold == 0 ? "" : " > \(threshold)") then \(then) else \(otherwise))"
        }
    }

    private static func list(_ terms: [Combiner]) -> String {
        "(" + terms.map(\.description).joined(separator: ", ") + ")"
    }
}
