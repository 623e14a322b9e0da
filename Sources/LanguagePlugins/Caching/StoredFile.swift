import Glibc
import Sandbox

/// Writes and reads the files of caches.
enum StoredFile {
    private static let block = 256 << 10

    /// Writes all bytes; false when the disk has no room for them.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { write($0, to: descriptor) }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return false }
            done += count
        }
        return true
    }

    /// Makes a file and syncs it; false when there is one, or it cannot be written whole.
    static func make(_ path: String, mode: mode_t, content: [UInt8]) -> Bool {
        make(path, mode: mode) { write(content, to: $0) }
    }

    /// Copies a file that a run left and syncs it.
    ///
    /// - Returns: The checksum of what was written; nil when it cannot be written whole.
    static func copy(_ file: FetchedFile, to path: String) -> Checksum? {
        var sum: Checksum?
        let isWhole = make(path, mode: 0o644) { descriptor in
            sum = copy(from: file.descriptor, count: file.size, to: descriptor)
            return sum != nil
        }
        return isWhole ? sum : nil
    }

    /// Copies the first bytes of a file.
    ///
    /// - Returns: Their checksum; nil when there are not so many, or no room for them.
    static func copy(from source: Int32, count: Int, to target: Int32) -> Checksum? {
        read(source, count: count) { write($0, to: target) }
    }

    /// The checksum of a regular file; nil when there is none of that size.
    static func checksum(of path: String, size: Int) -> Checksum? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == size else {
            return nil
        }
        return checksum(of: descriptor, count: size)
    }

    /// The checksum of the first bytes of a file; nil when there are not so many.
    static func checksum(of descriptor: Int32, count: Int) -> Checksum? { read(descriptor, count: count) { _ in true } }

    // MARK: -

    private static func make(_ path: String, mode: mode_t, write: (Int32) -> Bool) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { return false }
        // Whatever the umask says.
        let isWritten = fchmod(descriptor, mode) == 0 && write(descriptor) && fsync(descriptor) == 0
        return close(descriptor) == 0 && isWritten
    }

    /// Reads the first bytes of a file piece by piece; nil when there are not so many, or a piece is not taken.
    private static func read(
        _ descriptor: Int32, count: Int, _ take: (UnsafeRawBufferPointer) -> Bool
    ) -> Checksum? {
        withUnsafeTemporaryAllocation(byteCount: min(max(count, 1), block), alignment: 32) { buffer in
            var sum = Checksum()
            var done = 0
            while done < count {
                let got = pread(descriptor, buffer.baseAddress, min(buffer.count, count - done), off_t(done))
                if got < 0 && errno == EINTR { continue }
                guard got > 0 else { return nil }
                let piece = UnsafeRawBufferPointer(rebasing: buffer[..<got])
                guard take(piece) else { return nil }
                sum.update(piece)
                done += got
            }
            return sum
        }
    }
}
