import Glibc
import Sandbox

/// Writes and reads the files of caches.
enum StoredFile {
    private static let block = 1 << 20

    /// Writes all bytes; false when the disk has no room for them.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { return false }
                done += count
            }
            return true
        }
    }

    /// Makes a file and syncs it; false when there is one, or it cannot be written whole.
    static func make(_ path: String, mode: mode_t, content: [UInt8]) -> Bool {
        make(path, mode: mode) { write(content, to: $0) }
    }

    /// Copies a file that a run left and syncs it.
    ///
    /// - Returns: The digest of what was written; nil when it cannot be written whole.
    static func copy(_ file: FetchedFile, to path: String) -> Digest? {
        var hash = SHA256()
        let isWhole = make(path, mode: 0o644) { descriptor in
            var done = 0
            while done < file.size {
                let piece = read(file.descriptor, from: done, count: min(block, file.size - done))
                guard !piece.isEmpty, write(piece, to: descriptor) else { return false }
                hash.update(piece)
                done += piece.count
            }
            return true
        }
        return isWhole ? hash.finalize() : nil
    }

    /// The digest of a regular file; nil when there is none of that size.
    static func digest(of path: String, size: Int) -> Digest? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == size else {
            return nil
        }
        var hash = SHA256()
        var done = 0
        while done < size {
            let piece = read(descriptor, from: done, count: min(block, size - done))
            if piece.isEmpty { return nil }
            hash.update(piece)
            done += piece.count
        }
        return hash.finalize()
    }

    // MARK: -

    private static func make(_ path: String, mode: mode_t, write: (Int32) -> Bool) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { return false }
        // Whatever the umask says.
        let isWritten = fchmod(descriptor, mode) == 0 && write(descriptor) && fsync(descriptor) == 0
        return close(descriptor) == 0 && isWritten
    }

    private static func read(_ descriptor: Int32, from offset: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while filled < count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
                if got < 0 && errno == EINTR { continue }
                if got <= 0 { break }
                filled += got
            }
        }
    }
}
