/// The host paths that a box shows, read-only; nothing else of the host is there.
///
/// Slots are kept by view: two commands with equal views share prepared slots.
public struct FileSystemView: Sendable, Hashable {
    /// Absolute host paths; a path that does not exist is left out, a symbolic link is shown as one.
    public var readOnlyPaths: [String]
    /// Absolute paths in the box with the absolute host paths that are shown there, so that no name of the host's is seen.
    ///
    /// Without a mount namespace they are at their host paths.
    public var renamedPaths: [String: String]

    /// Creates a view of the given paths.
    public init(readOnlyPaths: [String], renamedPaths: [String: String] = [:]) {
        self.readOnlyPaths = readOnlyPaths
        self.renamedPaths = renamedPaths
    }

    /// The system's programs and libraries, without configuration, homes, or anything a service keeps.
    public static let system = FileSystemView(readOnlyPaths: [
        "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives", "/etc/ld.so.cache",
    ])

    /// Every path with the path in the box where it is shown, in a fixed order.
    var mounts: [(source: String, target: String)] {
        readOnlyPaths.map { ($0, $0) } + renamedPaths.sorted { $0.key < $1.key }.map { ($0.value, $0.key) }
    }

    /// The same view with more paths.
    public func adding(_ paths: [String]) -> FileSystemView {
        FileSystemView(
            readOnlyPaths: readOnlyPaths + paths.filter { !readOnlyPaths.contains($0) }, renamedPaths: renamedPaths)
    }
}
