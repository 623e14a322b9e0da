/// Sizes as they are typed: `512M`, `1G`, `64KiB`, `1.5G`, and a bare number of bytes; every unit is a power of 1024.
public enum ByteCountText {
    /// The count of bytes that a text says, or nil when it says none or is below one.
    public static func parse(_ text: String) -> Int? {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let value = Double(number) else { return nil }
        let scale: Double
        switch text.dropFirst(number.count).lowercased() {
        case "", "b": scale = 1
        case "k", "kb", "kib": scale = 1024
        case "m", "mb", "mib": scale = 1024 * 1024
        case "g", "gb", "gib": scale = 1024 * 1024 * 1024
        case "t", "tb", "tib": scale = 1024 * 1024 * 1024 * 1024
        default: return nil
        }
        let count = value * scale
        guard count >= 1, count < 9e18 else { return nil }
        return Int(count)
    }
}
