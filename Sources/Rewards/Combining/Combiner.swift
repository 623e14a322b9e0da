/// How components become one number: a tree, read from JSON, that cannot fail once it is read.
indirect enum Combiner: Sendable {
    case constant(Double)
    case component(index: Int, name: String)
    case fact(Fact)
    case sum([(weight: Double, of: Combiner)])
    case mean([Combiner])
    case product([Combiner])
    case minimum([Combiner])
    case maximum([Combiner])
    case clip(Combiner, low: Double, high: Double)
    case scale(Combiner, factor: Double, offset: Double)
    case gate(Combiner, above: Double, then: Combiner, otherwise: Combiner)

    /// The number for one rollout.
    ///
    /// Sums are added in the order in which they are written, so that a preset can be equal to a formula to the bit.
    func value(components: [Double], evidence: Evidence) -> Double {
        func value(_ combiner: Combiner) -> Double { combiner.value(components: components, evidence: evidence) }
        switch self {
        case .constant(let number): return number
        case .component(let index, _): return components[index]
        case .fact(let fact): return fact.holds(evidence) ? 1 : 0
        case .sum(let terms): return terms.reduce(0) { $0 + $1.weight * value($1.of) }
        case .mean(let terms): return terms.reduce(0) { $0 + value($1) } / Double(terms.count)
        case .product(let factors): return factors.reduce(1) { $0 * value($1) }
        case .minimum(let terms): return terms.map(value).min() ?? 0
        case .maximum(let terms): return terms.map(value).max() ?? 0
        case .clip(let inner, let low, let high): return min(high, max(low, value(inner)))
        case .scale(let inner, let factor, let offset): return value(inner) * factor + offset
        case .gate(let condition, let threshold, let then, let otherwise):
            return value(condition) > threshold ? value(then) : value(otherwise)
        }
    }
}
