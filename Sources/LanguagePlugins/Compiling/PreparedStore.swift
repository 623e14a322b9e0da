import Glibc
import Sandbox
import Synchronization

/// What compilers made once for many compilations, on disk, where boxes see it read-only.
///
/// Each thing is a folder named by its key, with one file and an entry that holds the file's checksum and the stamps of
/// what it was made from. It is written under a name of its own, synced, and renamed into place, so that writers never
/// meet and a reader sees all or nothing. The checksum is checked once by each process, and again when the file is not
/// the one that was checked. Only what a box left that held nothing of any program is ever written here.
///
/// A box may look up a name here and list none: which things there are tells what others compile.
public final class PreparedStore: Sendable {
    /// The folder.
    public let folder: String
    /// The bytes that may lie in it.
    public let capacity: Int
    /// What was checked by this process.
    private let checked = Mutex<[Digest: Checked]>([:])
    /// Numbers are the process's: two stores in it may share a folder.
    private static let nextNumber = Atomic(0)

    private struct Checked {
        var entry: PreparedEntry
        var identity: [Int]
    }

    private static let keptSightings = 4096

    /// Opens a store, making its folder when there is none.
    ///
    /// - Throws: `PluginError` when the folder cannot be made, or when others may write into it.
    public init(folder: String, capacity: Int = 2 << 30) throws(PluginError) {
        try PrivateFolder.make(folder, mode: 0o711)
        // Boxes run as somebody else and must get through, yet not list it.
        chmod(folder, 0o711)
        if geteuid() == 0, let closed = Self.firstClosed(above: folder) {
            throw PluginError(
                .request, "\(folder): \(closed) lets nobody but root through",
                hint: "name a folder that boxes can reach, such as one in /var/cache")
        }
        self.folder = folder
        self.capacity = capacity
    }

    /// The first of the folders above that only its owner may pass.
    private static func firstClosed(above folder: String) -> String? {
        var path = ""
        for step in (HostFolder.realPath(folder) ?? folder).split(separator: "/") {
            path += "/\(step)"
            var status = stat()
            if stat(path, &status) != 0 || status.st_mode & 0o001 == 0 { return path }
        }
        return nil
    }

    /// The folder of what was prepared under a key; nil when there is none that is whole and up to date.
    ///
    /// The first look of a process reads the whole file.
    func find(_ key: ArtifactKey) async -> String? {
        let path = path(of: key)
        if let known = checked.withLock({ $0[key.digest] }) {
            if known.identity == Self.identity(of: "\(path)/\(known.entry.output)"),
                known.entry.stamps.allSatisfy(\.isCurrent)
            {
                Self.touch(path)
                return path
            }
            checked.withLock { $0[key.digest] = nil }
        }
        guard HostFolder.exists(path) else { return nil }
        return await DetachedThread.value { self.check(key) } ? path : nil
    }

    /// Keeps a file under a key.
    ///
    /// - Returns: Its folder; nil when it cannot be written, which costs time, not results.
    func keep(_ file: FetchedFile, named name: String, stamps: [FileStamp], for key: ArtifactKey) async -> String? {
        guard file.size <= capacity else { return nil }
        return await DetachedThread.value { self.write(file, name, stamps, key) ? self.path(of: key) : nil }
    }

    /// Forgets what was prepared under a key.
    func drop(_ key: ArtifactKey) {
        checked.withLock { $0[key.digest] = nil }
        remove(key.digest.hexadecimal)
    }

    /// Notes that something would have been useful.
    ///
    /// - Returns: Whether it would have been before, in this process or another, and was not refused.
    func isDue(_ key: ArtifactKey) -> Bool {
        let path = "\(folder)/seen-\(key.digest.hexadecimal)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            if Self.number() % 64 == 0 { forgetOldSightings() }
            return false
        }
        var status = stat()
        return errno == EEXIST && lstat(path, &status) == 0 && status.st_size == 0
    }

    /// Notes that something cannot be prepared, or does not serve when it is.
    func refuse(_ key: ArtifactKey) {
        let path = "\(folder)/seen-\(key.digest.hexadecimal)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        _ = StoredFile.write(Array("refused\n".utf8), to: descriptor)
        close(descriptor)
    }

    // MARK: -

    private func path(of key: ArtifactKey) -> String { "\(folder)/\(key.digest.hexadecimal)" }

    private func newName(_ start: String) -> String { "\(folder)/\(start)-\(getpid())-\(Self.number())" }

    private static func number() -> Int { nextNumber.add(1, ordering: .relaxed).oldValue }

    private static func identity(of path: String) -> [Int] {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
        return [
            Int(status.st_dev), Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
            status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }

    /// The time of last use is what eviction goes by.
    private static func touch(_ path: String) { utimensat(AT_FDCWD, "\(path)/\(PreparedEntry.fileName)", nil, 0) }

    /// Reads the file and compares its checksum; what is torn or out of date is deleted.
    private func check(_ key: ArtifactKey) -> Bool {
        let path = path(of: key)
        guard let text = try? HostFolder.file("\(path)/\(PreparedEntry.fileName)"),
            let entry = PreparedEntry(text: String(decoding: text, as: UTF8.self))
        else {
            drop(key)
            return false
        }
        // Before reading: who writes while we read changes it.
        let identity = Self.identity(of: "\(path)/\(entry.output)")
        guard StoredFile.checksum(of: "\(path)/\(entry.output)", size: entry.size)?.hexadecimal == entry.checksum,
            entry.stamps.allSatisfy(\.isCurrent)
        else {
            drop(key)
            return false
        }
        checked.withLock { $0[key.digest] = Checked(entry: entry, identity: identity) }
        Self.touch(path)
        return true
    }

    private func write(_ file: FetchedFile, _ name: String, _ stamps: [FileStamp], _ key: ArtifactKey) -> Bool {
        makeRoom(for: file.size)
        let temporary = newName("new")
        guard mkdir(temporary, 0o711) == 0 else { return false }
        // Whatever the umask says, boxes get through.
        chmod(temporary, 0o711)
        guard let checksum = StoredFile.copy(file, to: "\(temporary)/\(name)") else {
            remove(String(temporary.dropFirst(folder.utf8.count + 1)))
            return false
        }
        let entry = PreparedEntry(output: name, size: file.size, checksum: checksum.hexadecimal, stamps: stamps)
        let isWritten = StoredFile.make(
            "\(temporary)/\(PreparedEntry.fileName)", mode: 0o600, content: Array(entry.text.utf8))
        // Who was faster made the same: then theirs is checked and used.
        if !isWritten || rename(temporary, path(of: key)) != 0 {
            remove(String(temporary.dropFirst(folder.utf8.count + 1)))
        }
        return check(key)
    }

    /// Deletes a folder of the store; under another name first, for half of it must not be found.
    private func remove(_ name: String) {
        let old = newName("old")
        guard rename("\(folder)/\(name)", old) == 0 else { return }
        for file in HostFolder.names(in: old) ?? [] { unlink("\(old)/\(file)") }
        rmdir(old)
    }

    /// Deletes what was not used for the longest time until there is room, and what dead writers left.
    private func makeRoom(for size: Int) {
        let now = time(nil)
        var things: [(name: String, size: Int, used: timespec)] = []
        for name in HostFolder.names(in: folder) ?? [] where !name.hasPrefix("seen-") {
            var status = stat()
            guard lstat("\(folder)/\(name)", &status) == 0 else { continue }
            if name.hasPrefix("new-") || name.hasPrefix("old-") {
                if now - status.st_mtim.tv_sec > 3600 { remove(name) }
                continue
            }
            let bytes = (HostFolder.names(in: "\(folder)/\(name)") ?? []).reduce(0) { sum, file in
                lstat("\(folder)/\(name)/\(file)", &status) == 0 ? sum + Int(status.st_size) : sum
            }
            guard lstat("\(folder)/\(name)/\(PreparedEntry.fileName)", &status) == 0 else {
                remove(name)
                continue
            }
            things.append((name, bytes, status.st_mtim))
        }
        var sum = things.reduce(0) { $0 + $1.size }
        things.sort { ($0.used.tv_sec, $0.used.tv_nsec) < ($1.used.tv_sec, $1.used.tv_nsec) }
        for thing in things where sum + size > capacity {
            remove(thing.name)
            sum -= thing.size
        }
    }

    private func forgetOldSightings() {
        let names = (HostFolder.names(in: folder) ?? []).filter { $0.hasPrefix("seen-") }
        guard names.count > Self.keptSightings else { return }
        let byAge = names.map { name in
            var status = stat()
            return lstat("\(folder)/\(name)", &status) == 0 ? (status.st_mtim.tv_sec, name) : (0, name)
        }
        for (_, name) in byAge.sorted(by: <).prefix(names.count - Self.keptSightings / 2) {
            unlink("\(folder)/\(name)")
        }
    }
}
