import Glibc

/// Drains one pipe to the end, keeping as much as the limit allows.
struct OutputCollector {
    /// The read end; -1 when it has been closed.
    private(set) var descriptor: Int32
    /// What was read, at most the limit.
    private(set) var output = CapturedOutput()
    private let limit: Int

    init(descriptor: Int32, limit: Int) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// Reads what is there; true once the other end is closed by all.
    ///
    /// Past the limit it goes on reading and throws away, so that no writer is ever blocked by us.
    mutating func drain() -> Bool {
        guard descriptor >= 0 else { return true }
        return withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { chunk in
            // Bounded, so that one flood does not starve the other descriptors of the thread.
            for _ in 0..<16 {
                let got = read(descriptor, chunk.baseAddress, chunk.count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { return errno != EAGAIN }
                if got == 0 { return true }
                let kept = min(got, limit - output.bytes.count)
                if kept > 0 { output.bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<kept])) }
                if kept < got { output.isTruncated = true }
            }
            return false
        }
    }

    /// Whether bytes wait in the pipe right now.
    var hasMore: Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return descriptor >= 0 && poll(&waiting, 1, 0) > 0 && waiting.revents & Int16(POLLIN) != 0
    }

    /// Closes the descriptor.
    mutating func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }
}
