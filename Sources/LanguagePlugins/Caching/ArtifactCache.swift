import Glibc
import Sandbox
import Synchronization

/// Compiled programs on disk, by what they were compiled from.
///
/// A file is written under a name of its own, synced, and renamed into place, so that writers never meet and a reader
/// sees all or nothing. Its last bytes are the SHA-256 of the others; what does not fit is deleted, not used. Only what
/// the compiler of a box left is ever written, under the key of what was put into that box: a run cannot reach the
/// folder, and a hostile compilation can spoil no key but its own.
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

    private static let magic = Array("RETORT01".utf8)
    private static let trailer = magic.count + 32

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
        let bytes = HostFolder.bytes(of: descriptor, count: Int(status.st_size))
        let count = bytes.count - trailer
        guard count >= 0, bytes.count == Int(status.st_size), bytes[count...].starts(with: magic),
            SHA256.hash(bytes[..<count]).bytes.elementsEqual(bytes[(bytes.count - 32)...])
        else { return nil }
        return count
    }

    /// Keeps an artefact; a cache that cannot be written costs time, not results.
    func keep(_ artifact: [UInt8], for key: ArtifactKey) {
        guard artifact.count + Self.trailer <= capacity else { return }
        let serial = state.withLock { state in
            state.serial += 1
            return state.serial
        }
        let temporary = "\(folder)/new-\(getpid())-\(serial)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        let content = artifact + Self.magic + SHA256.hash(artifact).bytes
        let isWritten = StoredFile.write(content, to: descriptor) && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, rename(temporary, path(of: key)) == 0 else {
            unlink(temporary)
            return
        }
        let size = state.withLock { state in
            state.size += content.count
            return state.size
        }
        if size > capacity { evict() }
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
