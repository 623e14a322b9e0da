import Glibc
import Synchronization

/// The files of a verdict cache: 256 folders by the first two digits of the key.
///
/// Each folder is kept to its share of the bytes, so that making room looks at a few hundred names and never at all of
/// them. What is counted is what the disk gives away, not what is in the files.
final class VerdictShards: Sendable {
    /// How many folders there are.
    static let count = 256

    private struct State {
        /// What each folder holds as far as is known, and what was added since it was last looked at.
        var sizes = [Int?](repeating: nil, count: VerdictShards.count)
        var added = [Int](repeating: 0, count: VerdictShards.count)
        var serial = 0
    }

    private let folder: String
    private let capacity: Int
    private let state = Mutex(State())

    /// Makes the files of a folder.
    ///
    /// - Parameter capacity: The bytes for each of the 256.
    init(folder: String, capacity: Int) {
        self.folder = folder
        self.capacity = capacity
    }

    /// What is known of a key; a file that is torn is removed.
    func entry(for key: VerdictKey) -> VerdictEntry? {
        let path = path(of: key)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= max(capacity, 4096),
            let entry = VerdictEntry(file: HostFolder.bytes(of: descriptor, count: Int(status.st_size)), key: key)
        else {
            unlink(path)
            return nil
        }
        // The time of last use is what making room goes by.
        futimens(descriptor, nil)
        return entry
    }

    /// Changes what is known of a key; not at all when another process is changing something in the same folder.
    func update(_ key: VerdictKey, _ change: (VerdictEntry?) -> VerdictEntry) {
        let shard = Int(key.digest.bytes[0])
        let shardPath = path(of: shard)
        mkdir(shardPath, 0o700)
        let lock = open("\(shardPath)/.lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { return }
        // Closing it unlocks, and so does dying.
        defer { close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return }
        let known = entry(for: key)
        let new = change(known)
        guard new != known else { return }
        let file = new.file(for: key)
        // One that takes much of a folder would drive out what is of more use.
        guard file.count <= capacity / 4 else { return }
        if write(file, to: path(of: key), in: shardPath) { account(for: file.count, in: shard) }
    }

    // MARK: -

    private func path(of shard: Int) -> String {
        "\(folder)/\(Digest(bytes: [UInt8(truncatingIfNeeded: shard)]).hexadecimal)"
    }

    private func path(of key: VerdictKey) -> String {
        let name = key.digest.hexadecimal
        return "\(folder)/\(name.prefix(2))/\(name.dropFirst(2))"
    }

    private func write(_ file: [UInt8], to path: String, in shardPath: String) -> Bool {
        let serial = state.withLock { state in
            state.serial += 1
            return state.serial
        }
        let temporary = "\(shardPath)/new-\(getpid())-\(serial)"
        guard PrivateFolder.write(file, to: temporary), rename(temporary, path) == 0 else {
            unlink(temporary)
            return false
        }
        return true
    }

    /// Makes room when a folder is over its share; called with its lock held.
    private func account(for count: Int, in shard: Int) {
        let size = (count + 4095) / 4096 * 4096
        let mustLook = state.withLock { state in
            state.added[shard] += size
            if let known = state.sizes[shard] { state.sizes[shard] = known + size }
            // What other processes add is seen only by looking.
            return state.sizes[shard].map { $0 > capacity } ?? true || state.added[shard] > capacity / 16
        }
        guard mustLook else { return }
        let left = makeRoom(in: path(of: shard))
        state.withLock { state in
            state.sizes[shard] = left
            state.added[shard] = 0
        }
    }

    /// Deletes what was not used for the longest time, down to three quarters of the share, and what dead writers left.
    private func makeRoom(in shardPath: String) -> Int {
        var files: [(path: String, size: Int, used: timespec)] = []
        for name in HostFolder.names(in: shardPath) ?? [] {
            let path = "\(shardPath)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            // Whoever writes here holds the lock, and that is us.
            if name.hasPrefix("new-") {
                unlink(path)
            } else {
                files.append((path, max(4096, Int(status.st_blocks) * 512), status.st_mtim))
            }
        }
        var size = files.reduce(0) { $0 + $1.size }
        guard size > capacity else { return size }
        files.sort { ($0.used.tv_sec, $0.used.tv_nsec) < ($1.used.tv_sec, $1.used.tv_nsec) }
        for file in files where size > capacity / 4 * 3 {
            unlink(file.path)
            size -= file.size
        }
        return size
    }
}
