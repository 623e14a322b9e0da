/// Numbers as a table shows them.
enum Figure {
    /// Two digits behind the point, or one where there are three before it.
    static func of(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        let scale = abs(value) >= 100 ? 10 : 100
        let shifted = Int((value * Double(scale)).rounded())
        let fraction = "\(shifted % scale)"
        return "\(shifted / scale)." + String(repeating: "0", count: (scale == 10 ? 1 : 2) - fraction.count) + fraction
    }
}
