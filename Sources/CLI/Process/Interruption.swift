import Glibc
import Synchronization

/// Ends a run cleanly at Ctrl-C and at SIGTERM, and at once when it is asked a second time.
enum Interruption {
    /// The writing end of the pipe that carries the signal out of its handler.
    private static let wakeWriter = Atomic<Int32>(-1)
    private static let count = Atomic<Int>(0)

    /// Calls `finish` on a thread of its own at the first signal, then exits with 128 plus the signal.
    static func handle(_ finish: @escaping @Sendable () -> Void) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        wakeWriter.store(ends[1], ordering: .relaxed)
        startThread(Waiter(wakeReader: ends[0], finish: finish))
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in
                // Only what is safe in a handler: atomics, write, _exit.
                if Interruption.count.add(1, ordering: .relaxed).newValue > 1 { _exit(128 + number) }
                var byte = UInt8(number)
                _ = write(Interruption.wakeWriter.load(ordering: .relaxed), &byte, 1)
            }
        }
    }

    private static func startThread(_ waiter: Waiter) {
        var thread = pthread_t()
        pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Waiter>.fromOpaque(argument).takeRetainedValue().wait()
                return nil
            },
            Unmanaged.passRetained(waiter).toOpaque()
        )
        pthread_detach(thread)
    }
}

// MARK: -

private final class Waiter: Sendable {
    private let wakeReader: Int32
    private let finish: @Sendable () -> Void

    init(wakeReader: Int32, finish: @escaping @Sendable () -> Void) {
        self.wakeReader = wakeReader
        self.finish = finish
    }

    func wait() {
        var number: UInt8 = 0
        while read(wakeReader, &number, 1) < 0 && errno == EINTR {}
        finish()
        exit(128 + Int32(number))
    }
}
