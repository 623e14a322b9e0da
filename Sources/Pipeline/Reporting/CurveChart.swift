/// Curves over the steps of a run, as a picture of lines that needs nothing to be drawn.
struct CurveChart {
    /// One curve.
    struct Curve {
        var name: String
        var points: [(step: Double, value: Double)]
        /// Between which values the true one lies; empty where that is not known.
        var bounds: [(low: Double, high: Double)] = []
    }

    let title: String
    let curves: [Curve]

    private static let width = 360.0
    private static let height = 170.0
    private static let colours = [
        "#2563eb", "#dc2626", "#059669", "#d97706", "#7c3aed", "#0891b2", "#be185d", "#4d7c0f",
    ]

    /// The picture with its title; nothing when there is nothing to draw.
    var markup: String {
        let finite = curves.map { curve in
            Curve(name: curve.name, points: curve.points.filter { $0.value.isFinite }, bounds: curve.bounds)
        }
        let points = finite.flatMap(\.points)
        guard let first = points.first else { return "" }
        let values = points.map(\.value) + finite.flatMap { $0.bounds.flatMap { [$0.low, $0.high] } }
        let steps = points.map(\.step)
        let (left, right) = (steps.min() ?? first.step, steps.max() ?? first.step)
        var (bottom, top) = (values.min() ?? 0, values.max() ?? 1)
        if top - bottom < 1e-9 { (bottom, top) = (bottom - 0.5, top + 0.5) }
        func x(_ step: Double) -> String {
            Figures.fixed(46 + (Self.width - 56) * (right > left ? (step - left) / (right - left) : 0.5), decimals: 1)
        }
        func y(_ value: Double) -> String {
            Figures.fixed(Self.height - 22 - (Self.height - 34) * (value - bottom) / (top - bottom), decimals: 1)
        }
        var body = ""
        for value in [bottom, (bottom + top) / 2, top] {
            body +=
                "<line x1=\"46\" x2=\"\(Int(Self.width - 10))\" y1=\"\(y(value))\" y2=\"\(y(value))\" class=\"grid\"/>"
            body += "<text x=\"42\" y=\"\(y(value))\" class=\"tick end\">\(Self.label(value))</text>"
        }
        for step in [left, right] {
            let end = step == right && right > left ? " end" : ""
            body +=
                "<text x=\"\(x(step))\" y=\"\(Int(Self.height - 6))\" class=\"tick\(end)\">\(Self.label(step))</text>"
        }
        for (number, curve) in finite.enumerated() where !curve.points.isEmpty {
            let colour = Self.colours[number % Self.colours.count]
            if curve.bounds.count == curve.points.count {
                let upper = zip(curve.points, curve.bounds).map { "\(x($0.step)),\(y($1.high))" }
                let lower = zip(curve.points, curve.bounds).reversed().map { "\(x($0.step)),\(y($1.low))" }
                let outline = (upper + lower).joined(separator: " ")
                body += "<polygon points=\"\(outline)\" fill=\"\(colour)\" opacity=\"0.15\"/>"
            }
            let line = curve.points.map { "\(x($0.step)),\(y($0.value))" }.joined(separator: " ")
            body += "<polyline points=\"\(line)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"1.5\"/>"
            for point in curve.points where curve.points.count < 30 {
                body += "<circle cx=\"\(x(point.step))\" cy=\"\(y(point.value))\" r=\"2\" fill=\"\(colour)\"/>"
            }
        }
        let legend =
            finite.count < 2
            ? ""
            : finite.enumerated().map { number, curve in
                "<span style=\"color:\(Self.colours[number % Self.colours.count])\">\(MarkupText.escaped(curve.name))</span>"
            }.joined(separator: " ")
        return "<figure><figcaption>\(MarkupText.escaped(title)) \(legend)</figcaption>"
            + "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\">\(body)</svg></figure>"
    }

    private static func label(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e6 { return Figures.fixed(value, decimals: 0) }
        if abs(value) >= 100 { return Figures.fixed(value, decimals: 0) }
        return abs(value) >= 0.01 ? Figures.fixed(value, decimals: 3) : "\(Float(value))"
    }
}
