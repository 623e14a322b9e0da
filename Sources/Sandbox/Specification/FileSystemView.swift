/// The host paths that a box shows, read-only; nothing else of the host is there.
///
/// Slots are kept by view: two commands with equal views share prepared slots.
public struct FileSystemView: Sendable, Hashable {
    /// Absolute host paths; a path that does not exist is left out, a symbolic link is shown as one.
    public var readOnlyPaths: [String]

    /// Creates a view of the given paths.
    public init(readOnlyPaths: [String]) {
        self.readOnlyPaths = readOnlyPaths
    }

    /// The system's programs and libraries, without configuration, homes, or anything a service keeps.
    public static let system = FileSystemView(readOnlyPaths: [
        "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives", "/etc/ld.so.cache",
    ])

    /// The same view with more paths.
    public func adding(_ paths: [String]) -> FileSystemView {
        FileSystemView(readOnlyPaths: readOnlyPaths + paths.filter { !readOnlyPaths.contains($0) })
    }
}
