import TestSupport

/// Folders of the package's sources.
enum PackageFolder {
    /// The plugins that are shipped.
    static let plugins = "\(PackageRoot.path)/plugins"
}
