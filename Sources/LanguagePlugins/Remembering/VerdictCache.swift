import Glibc
import Synchronization

/// Results of runs on disk, for programs that come to the same whenever they run.
///
/// A result is believed when two runs gave it, and never again once a run gave another. It is a file of its own, named by
/// the hash of everything that determines the run, in one of 256 folders. It is written under another name and renamed,
/// so a reader sees all of it or nothing, and it ends with its own hash: whatever a kill, a full disk or a torn write
/// leaves is found out and removed. Processes that share a folder meet only in the lock of one of the 256, which is tried
/// and not waited for.
///
/// A cache that cannot be written costs time, not results.
public final class VerdictCache: Sendable {
    /// The folder.
    public let folder: String
    /// The bytes on disk that it may take, give or take a sixteenth a process.
    public let capacity: Int
    private let shards: VerdictShards
    /// Nonces are drawn from it, so that a run that bears one has the same key in the next process.
    let nonces: NonceSource

    /// Opens a cache, making its folder when there is none.
    ///
    /// - Throws: `PluginError` when the folder cannot be made, or when others may write into it.
    public init(folder: String, capacity: Int = 1 << 30) throws(PluginError) {
        try PrivateFolder.make(folder)
        self.folder = folder
        self.capacity = capacity
        shards = VerdictShards(folder: folder, capacity: capacity / VerdictShards.count)
        nonces = NonceSource(secret: try CacheSecret.read(in: folder))
    }

    /// What runs with this key come to; nil when that is not known for sure.
    func outcome(for key: VerdictKey) -> RunOutcome? {
        guard case .confirmed(_, let bytes) = shards.entry(for: key) else { return nil }
        return OutcomeCoding.outcome(from: bytes[...])
    }

    /// Takes note of what a run came to.
    func note(_ outcome: RunOutcome, for key: VerdictKey) {
        shards.update(key) { known in
            known?.after(outcome) ?? .seenOnce(OutcomeCoding.digest(of: outcome))
        }
    }
}
