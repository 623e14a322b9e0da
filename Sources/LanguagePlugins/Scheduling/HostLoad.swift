import Glibc
import Synchronization

/// How many tasks compete for each processor of this host.
final class HostLoad: Sendable {
    private struct Sample {
        var value = 1.0
        var time: ContinuousClock.Instant?
    }

    private let processors = Double(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    private let sample = Mutex(Sample())

    /// Tasks a processor, from 1 to 16; looked up at most every hundredth of a second.
    ///
    /// Bounded, for a program that starts many processes competes with itself and must not lengthen its own net for
    /// ever.
    var current: Double {
        sample.withLock { sample in
            let now = ContinuousClock.now
            if let time = sample.time, now - time < .milliseconds(10) { return sample.value }
            sample = Sample(value: Self.load(from: Self.text(), processors: processors), time: now)
            return sample.value
        }
    }

    /// Reads what proc_loadavg(5) describes; what cannot be read counts as no load.
    ///
    /// The mean over a minute sees a load that comes in bursts, the number of tasks that can run now one that has just
    /// begun; the higher of the two counts.
    static func load(from text: [UInt8], processors: Double) -> Double {
        let fields = String(decoding: text, as: UTF8.self).split(separator: " ")
        guard fields.count >= 4 else { return 1 }
        let mean = Double(fields[0]) ?? 0
        let runnable = fields[3].split(separator: "/").first.flatMap { Double($0) } ?? 0
        let load = max(mean, runnable) / processors
        return load.isFinite ? min(max(1, load), 16) : 1
    }

    private static func text() -> [UInt8] {
        let descriptor = open("/proc/loadavg", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        return HostFolder.bytes(of: descriptor, count: 128)
    }
}
