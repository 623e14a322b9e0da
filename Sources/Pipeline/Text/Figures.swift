/// Numbers as a person reads them.
public enum Figures {
    /// A number with a fixed count of decimals, such as `0.750`.
    public static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "\(value)" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value.magnitude * scale).rounded()
        guard scaled < 9e15 else { return "\(value)" }
        let digits = String(Int(scaled))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// A count of bytes in the largest unit that leaves at least one, such as `9.0 MiB`.
    public static func bytes(_ count: Int) -> String {
        var value = Double(count)
        for unit in ["B", "KiB", "MiB", "GiB"] {
            if value < 1024 || unit == "GiB" {
                return unit == "B" ? "\(count) B" : fixed(value, decimals: 1) + " " + unit
            }
            value /= 1024
        }
        return "\(count) B"
    }

    /// Milliseconds of a duration, rounded to a microsecond.
    public static func milliseconds(_ duration: Duration) -> Double {
        (duration / .microseconds(1)).rounded() / 1000
    }

    /// A duration in a unit that suits it, such as `12 ms` or `3.4 s`.
    public static func duration(_ duration: Duration) -> String {
        let milliseconds = Self.milliseconds(duration)
        if milliseconds < 10 { return fixed(milliseconds, decimals: 1) + " ms" }
        if milliseconds < 1000 { return fixed(milliseconds, decimals: 0) + " ms" }
        return fixed(milliseconds / 1000, decimals: 1) + " s"
    }
}
