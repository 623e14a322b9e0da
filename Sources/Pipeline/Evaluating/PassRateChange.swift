import Glibc
import JSON

/// How much more often the same tasks are solved after something than before it, with what chance alone could make of it.
///
/// Tasks differ far more from one another than a model does from its earlier self, so each is compared with itself.
struct PassRateChange: Sendable, Hashable {
    /// The mean over tasks of the change of the share of completions that solve them, from -1 to 1.
    let mean: Double
    /// The interval that holds the true change in 95 of 100 cases; all there is for fewer than two tasks.
    let low, high: Double

    /// Compares the shares of solving completions of the same tasks in the same order; nil where they are not as many.
    init?(before: [Double], after: [Double]) {
        guard before.count == after.count, !before.isEmpty else { return nil }
        let changes = zip(before, after).map { $1 - $0 }
        let count = Double(changes.count)
        let mean = changes.reduce(0, +) / count
        self.mean = mean
        guard changes.count > 1 else {
            (low, high) = (-1, 1)
            return
        }
        let squares = changes.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
        let reach = 1.959_964 * (squares / (count - 1) / count).squareRoot()
        (low, high) = (max(-1, mean - reach), min(1, mean + reach))
    }

    /// Compares two lines of a run's evaluations; nil where one of them has no shares of that name.
    init?(_ name: String, from before: JSONValue, to after: JSONValue) {
        let (before, after) = (Self.shares(before, name), Self.shares(after, name))
        self.init(before: before, after: after)
    }

    private static func shares(_ line: JSONValue, _ name: String) -> [Double] {
        line["shares"]?[name]?.array?.map { $0.double ?? 0 } ?? []
    }

    /// The figures, for a program.
    var json: JSONObject { ["mean": .number(mean), "low": .number(low), "high": .number(high)] }

    /// The figures, for a person, in points.
    var text: String {
        func points(_ value: Double) -> String { (value < 0 ? "" : "+") + Figures.fixed(100 * value, decimals: 1) }
        return "\(points(mean)) (\(points(low)) to \(points(high)))"
    }
}
