import TestSupport

/// Folders of the package's sources.
enum PackageFolder {
    /// The package.
    static let root = PackageRoot.path
    /// The plugins that are shipped.
    static let plugins = "\(PackageRoot.path)/plugins"
}
