import Glibc

/// The system's words for the errno of the call that failed last.
enum SystemFailure {
    /// The text for an errno, such as `No space left on device`.
    static func text(_ code: Int32 = errno) -> String {
        guard let text = strerror(code) else { return "errno \(code)" }
        return String(cString: text)
    }
}
