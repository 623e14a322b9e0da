import Glibc

/// Names of errno values.
enum Errno {
    /// The system's text for an errno.
    static func name(_ value: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        // The GNU variant may return a static string instead of filling the buffer.
        guard let text = strerror_r(value, &buffer, buffer.count) else { return "errno \(value)" }
        return String(cString: text)
    }
}
