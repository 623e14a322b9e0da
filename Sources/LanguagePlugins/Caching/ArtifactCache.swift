import Glibc
import Sandbox
import Synchronization

/// Compiled programs on disk, by what they were compiled from.
///
/// A file is written under a name of its own and renamed into place, so that writers never meet and a reader sees all or
/// nothing. It is not synced: its last bytes are a checksum of the others, and what a power cut or a kill has torn is
/// deleted by who reads it first, and compiled again. Only what the compiler of a box left is ever written, under the
/// key of what was put into that box: a run cannot reach the folder, and a hostile compilation can spoil no key but its
/// own.
public final class ArtifactCache: Sendable {
    /// The folder.
    public let folder: String
    /// The bytes that may lie in it.
    public let capacity: Int
    private let state: Mutex<State>

    private struct State {
        /// What lay in the folder when it was last looked at, and what was added since.
        var size: Int
        var serial = 0
    }

    private static let magic = Array("RETORT02".utf8)
    /// The magic and the checksum, in the byte order of the machine.
    private static let trailer = magic.count + 8

    /// Opens a cache, making its folder when there is none.
    ///
    /// - Throws: `PluginError` when the folder cannot be made, or when others may write into it.
    public init(folder: String, capacity: Int = 1 << 30) throws(PluginError) {
        try PrivateFolder.make(folder)
        self.folder = folder
        self.capacity = capacity
        state = Mutex(State(size: Self.entries(in: folder).reduce(0) { $0 + $1.size }))
    }

    /// The artefact of a key; nil when there is none, or when it is torn.
    func artifact(for key: ArtifactKey) -> [UInt8]? { file(for: key)?.bytes() }

    /// The artefact of a key as an open file; nil when there is none, or when it is torn.
    ///
    /// Nobody writes into a file of the cache once it has its name, so what was checked here stays so.
    func file(for key: ArtifactKey) -> FetchedFile? {
        let path = path(of: key)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        guard let count = Self.verifiedCount(of: descriptor) else {
            close(descriptor)
            unlink(path)
            return nil
        }
        // The time of last use is what eviction goes by.
        futimens(descriptor, nil)
        return FetchedFile(descriptor: descriptor, size: count)
    }

    /// The bytes of an artefact before its trailer; nil when the file is not one, or torn.
    private static func verifiedCount(of descriptor: Int32) -> Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let count = Int(status.st_size) - trailer
        guard count >= 0, let sum = StoredFile.checksum(of: descriptor, count: count) else { return nil }
        var end = [UInt8](repeating: 0, count: trailer)
        guard pread(descriptor, &end, trailer, off_t(count)) == trailer, end == Self.end(sum) else { return nil }
        return count
    }

    private static func end(_ sum: Checksum) -> [UInt8] { magic + withUnsafeBytes(of: sum.value) { Array($0) } }

    /// Keeps what a compiler left.
    ///
    /// - Returns: The file of the cache; nil when it cannot be written, which costs time, not results.
    func keep(_ artifact: FetchedFile, for key: ArtifactKey) -> FetchedFile? {
        guard artifact.size + Self.trailer <= capacity else { return nil }
        let serial = state.withLock { state in
            state.serial += 1
            return state.serial
        }
        let temporary = "\(folder)/new-\(getpid())-\(serial)"
        guard let kept = Self.write(artifact, to: temporary) else {
            unlink(temporary)
            return nil
        }
        guard rename(temporary, path(of: key)) == 0 else {
            unlink(temporary)
            return kept
        }
        let size = state.withLock { state in
            state.size += artifact.size + Self.trailer
            return state.size
        }
        if size > capacity { evict() }
        return kept
    }

    /// Writes a file with its trailer; it is the reader's at once, for what was written here need not be checked here.
    private static func write(_ artifact: FetchedFile, to path: String) -> FetchedFile? {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        let sum = StoredFile.copy(from: artifact.descriptor, count: artifact.size, to: descriptor)
        let isWritten = sum.map { StoredFile.write(end($0), to: descriptor) } ?? false
        guard close(descriptor) == 0, isWritten else { return nil }
        let reader = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        return reader < 0 ? nil : FetchedFile(descriptor: reader, size: artifact.size)
    }

    // MARK: -

    private func path(of key: ArtifactKey) -> String { "\(folder)/\(key.digest.hexadecimal)" }

    private struct Entry {
        var name: String
        var size: Int
        var used: timespec
    }

    private static func entries(in folder: String) -> [Entry] {
        (HostFolder.names(in: folder) ?? []).compactMap { name in
            var status = stat()
            guard lstat("\(folder)/\(name)", &status) == 0 else { return nil }
            return Entry(name: name, size: Int(status.st_size), used: status.st_mtim)
        }
    }

    /// Deletes what was not used for the longest time, down to nine tenths of the capacity, and what a dead writer
    /// left.
    private func evict() {
        let now = time(nil)
        var entries = Self.entries(in: folder)
        for entry in entries where entry.name.hasPrefix("new-") && now - entry.used.tv_sec > 3600 {
            unlink("\(folder)/\(entry.name)")
        }
        entries.removeAll { $0.name.hasPrefix("new-") }
        entries.sort { ($0.used.tv_sec, $0.used.tv_nsec) < ($1.used.tv_sec, $1.used.tv_nsec) }
        var size = entries.reduce(0) { $0 + $1.size }
        for entry in entries where size > capacity - capacity / 10 {
            // Another process may have been faster.
            unlink("\(folder)/\(entry.name)")
            size -= entry.size
        }
        state.withLock { $0.size = size }
    }
}
