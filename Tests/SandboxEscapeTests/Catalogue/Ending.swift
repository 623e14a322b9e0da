import Glibc
import Sandbox

/// A way in which a run may end.
enum Ending: Sendable, Hashable, CustomStringConvertible {
    /// The command ended by itself with this code.
    case exited(Int32)
    /// The command ended by itself with a code that is not zero.
    case failed
    /// A signal ended the command.
    case signaled(Int32)
    /// The sandbox ended it at a limit.
    case limit(Limit)
    /// However it ended: the invariants are what counts.
    case contained

    func matches(_ termination: Termination) -> Bool {
        switch (self, termination) {
        case (.contained, _): true
        case (.exited(let expected), .exited(let code)): expected == code
        case (.failed, .exited(let code)): code != 0
        case (.signaled(let expected), .signaled(let number)): expected == number
        case (.limit(let expected), .limitExceeded(let limit)): expected == limit
        default: false
        }
    }

    var description: String {
        switch self {
        case .exited(let code): "exit \(code)"
        case .failed: "an exit code other than 0"
        case .signaled(let number): "signal \(number)"
        case .limit(let limit): limit.rawValue
        case .contained: "contained"
        }
    }

    /// The attack stopped by itself because something was refused (`REFUSED` in attack.h).
    static let refused = Ending.exited(42)
}
