/// What a prepared slot is good for; commands with equal keys may follow each other in one slot.
struct SlotKey: Sendable, Hashable {
    /// The host paths that are shown.
    var view: FileSystemView
    /// Bytes of the scratch file system.
    var disk: Int
}
