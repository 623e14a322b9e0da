/// Which release this is.
public enum Release {
    /// The version, after semver.org.
    public static let version = "0.1.0"
}
