import CSandbox
import Glibc

extension Termination {
    /// Reads how a run ended from the launcher's reply and from whether its output passed the limit.
    init(_ reply: Reply, isTruncated: Bool) {
        switch reply.ending {
        case UInt32(CSANDBOX_ENDING_CPU_TIME.rawValue): self = .limitExceeded(.cpuTime)
        case UInt32(CSANDBOX_ENDING_WALL_TIME.rawValue): self = .limitExceeded(.wallTime)
        case UInt32(CSANDBOX_ENDING_MEMORY.rawValue): self = .limitExceeded(.memory)
        default: self = isTruncated ? .limitExceeded(.output) : Termination(waitStatus: reply.waitStatus)
        }
    }

    /// Reads a status as wait(2) gives it.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7F
        if signal == 0 {
            self = .exited((waitStatus >> 8) & 0xFF)
        } else if signal == SIGXFSZ {
            self = .limitExceeded(.fileSize)
        } else {
            self = .signaled(signal)
        }
    }

    /// What it means for a program that the kernel would not execute it; nil when that is our failure, not the program's.
    init?(executionError: Int32) {
        switch executionError {
        case ENOMEM: self = .limitExceeded(.memory)
        case ENOEXEC, EACCES, ELIBBAD, EINVAL: self = .exited(126)
        default: return nil
        }
    }
}
