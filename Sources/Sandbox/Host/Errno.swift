import Glibc

/// Names of errno values.
enum Errno {
    /// The system's text for an errno.
    static func name(_ value: Int32) -> String {
        guard let text = strerror(value) else { return "errno \(value)" }
        return String(cString: text)
    }
}
