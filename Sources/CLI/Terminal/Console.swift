import Glibc
import Synchronization

/// Standard error: lines for a person, and one progress line below them when it is a terminal.
final class Console: Sendable {
    /// The console of this process.
    static let standard = Console()

    private struct State {
        var shown = false
        var nextUpdate = ContinuousClock.now
    }

    /// Whether standard error is a terminal.
    let isTerminal = isatty(2) == 1
    private let state = Mutex(State())

    /// Prints a line above the progress line.
    func note(_ line: String) {
        state.withLock { state in
            send((state.shown ? Self.clearLine : "") + line + "\n")
            state.shown = false
        }
    }

    /// Prints lines that a person should know of.
    func note(_ lines: [String]) {
        for line in lines { note("note: \(line)") }
    }

    /// Prints an error and, where there is one, what to do about it.
    func error(_ message: String, hint: String? = nil) {
        note("error: \(message)")
        if let hint, !hint.isEmpty { note("hint: \(hint)") }
    }

    /// Passes bytes of a program on as they are.
    func write(_ bytes: [UInt8]) {
        state.withLock { _ in bytes.withUnsafeBytes(send) }
        if let last = bytes.last, last != UInt8(ascii: "\n") { note("") }
    }

    /// Shows how far a run is; nothing when standard error is no terminal, and at most ten times a second.
    func progress(_ line: () -> String) {
        guard isTerminal else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            guard now >= state.nextUpdate else { return }
            state.nextUpdate = now + .milliseconds(100)
            // A line that wraps could not be cleared again.
            send(Self.clearLine + line().prefix(width - 1))
            state.shown = true
        }
    }

    /// Takes the progress line away.
    func clearProgress() {
        state.withLock { state in
            if state.shown { send(Self.clearLine) }
            state.shown = false
        }
    }

    private static let clearLine = "\r\u{1B}[K"

    private var width: Int {
        var size = winsize()
        return ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1 ? Int(size.ws_col) : 80
    }

    /// Whether standard error can be written to matters to nobody: there is no place left to say so.
    private func send(_ text: String) {
        var text = text
        text.withUTF8 { send(UnsafeRawBufferPointer($0)) }
    }

    private func send(_ bytes: UnsafeRawBufferPointer) {
        var sent = 0
        while sent < bytes.count {
            let count = Glibc.write(2, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
            if count < 0 && errno == EINTR { continue }
            if count < 0 { return }
            sent += count
        }
    }
}
