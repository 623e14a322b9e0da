import JSON

/// A mean of independent values, with the interval that holds the true one in 95 of 100 cases.
struct MeanInterval: Sendable, Hashable {
    /// The mean.
    let mean: Double
    /// How far the interval reaches to both sides; nil where one value alone says nothing of chance.
    let reach: Double?

    /// Student's 97.5 % quantiles for 1 to 30 degrees of freedom.
    private static let quantiles = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ]

    /// Takes values; nil when there are none.
    init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        self.mean = mean
        guard values.count > 1 else {
            reach = nil
            return
        }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let quantile = values.count - 2 < Self.quantiles.count ? Self.quantiles[values.count - 2] : 1.96
        reach = quantile * (squares / (count - 1) / count).squareRoot()
    }

    /// Whether 0 lies outside.
    var isClear: Bool { reach.map { abs(mean) > $0 } ?? false }

    /// The figures, for a program.
    var json: JSONValue {
        guard let reach else { return ["mean": .number(mean)] }
        return ["mean": .number(mean), "low": .number(mean - reach), "high": .number(mean + reach)]
    }

    /// The mean in per cent, with a sign where it is a difference.
    func meanText(signed: Bool = false) -> String { Self.percent(mean, signed: signed) }

    /// The interval in per cent.
    func intervalText(signed: Bool = false) -> String {
        guard let reach else { return "?" }
        return "\(Self.percent(mean - reach, signed: signed)) to \(Self.percent(mean + reach, signed: signed))"
    }

    private static func percent(_ value: Double, signed: Bool) -> String {
        (signed && value >= 0 ? "+" : "") + Figures.fixed(100 * value, decimals: 1)
    }
}
