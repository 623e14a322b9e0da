/// Durations as they are typed: `500ms`, `5s`, `1.5m`, and a bare number of seconds.
public enum DurationText {
    /// The duration that a text says, or nil when it says none or is not above zero.
    public static func parse(_ text: String) -> Duration? {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let value = Double(number), value > 0, value < 1e9 else { return nil }
        switch text.dropFirst(number.count) {
        case "ms": return .milliseconds(1) * value
        case "s", "": return .seconds(1) * value
        case "m", "min": return .seconds(60) * value
        case "h": return .seconds(3600) * value
        default: return nil
        }
    }
}
