extension Combiner {
    /// Between which numbers the value lies, whatever the rollout: known at load, so that a preset can be checked.
    ///
    /// Branches are bounded each by itself; where two components exclude one another the true range may be smaller.
    var bounds: ClosedRange<Double> {
        switch self {
        case .constant(let number): number...number
        case .component, .fact: 0...1
        case .sum(let terms):
            terms.reduce(0...0) { Self.add($0, Self.multiply($1.weight...$1.weight, $1.of.bounds)) }
        case .mean(let terms):
            Self.multiply(
                (1 / Double(terms.count))...(1 / Double(terms.count)),
                terms.reduce(0...0) { Self.add($0, $1.bounds) })
        case .product(let factors): factors.reduce(1...1) { Self.multiply($0, $1.bounds) }
        case .minimum(let terms):
            Self.join(terms) { min($0, $1) }
        case .maximum(let terms):
            Self.join(terms) { max($0, $1) }
        case .clip(let inner, let low, let high):
            min(high, max(low, inner.bounds.lowerBound))...min(high, max(low, inner.bounds.upperBound))
        case .scale(let inner, let factor, let offset):
            Self.add(Self.multiply(inner.bounds, factor...factor), offset...offset)
        case .gate(_, _, let then, let otherwise):
            min(
                then.bounds.lowerBound, otherwise.bounds.lowerBound)...max(
                    then.bounds.upperBound, otherwise.bounds.upperBound)
        }
    }

    // MARK: -

    private static func add(_ left: ClosedRange<Double>, _ right: ClosedRange<Double>) -> ClosedRange<Double> {
        (left.lowerBound + right.lowerBound)...(left.upperBound + right.upperBound)
    }

    private static func multiply(_ left: ClosedRange<Double>, _ right: ClosedRange<Double>) -> ClosedRange<Double> {
        let products = [
            left.lowerBound * right.lowerBound, left.lowerBound * right.upperBound,
            left.upperBound * right.lowerBound, left.upperBound * right.upperBound,
        ]
        return products.reduce(products[0], min)...products.reduce(products[0], max)
    }

    private static func join(
        _ terms: [Combiner], _ pick: (Double, Double) -> Double
    ) -> ClosedRange<Double> {
        let bounds = terms.map(\.bounds)
        return bounds.dropFirst().reduce(bounds[0]) {
            pick($0.lowerBound, $1.lowerBound)...pick($0.upperBound, $1.upperBound)
        }
    }
}
