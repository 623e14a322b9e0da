/// The folder of the package's sources, found from where this file was compiled.
public enum PackageRoot {
    /// The absolute path of the package.
    public static let path: String = {
        let parts = #filePath.split(separator: "/")
        return "/" + parts.dropLast(3).joined(separator: "/")
    }()
}
