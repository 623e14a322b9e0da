internal import Glibc

/// The folder of the package's sources.
///
/// It is found from where this file was compiled, unless `RETORT_PACKAGE_ROOT` names a copy: a test run as another user
/// cannot always reach the clone.
public enum PackageRoot {
    /// The absolute path of the package.
    public static let path: String = {
        if let copy = getenv("RETORT_PACKAGE_ROOT") { return String(cString: copy) }
        let parts = #filePath.split(separator: "/")
        return "/" + parts.dropLast(3).joined(separator: "/")
    }()
}
