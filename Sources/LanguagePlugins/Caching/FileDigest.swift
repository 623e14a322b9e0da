/// The SHA-256 of a file's content, to tell whether it is the one that is meant.
public enum FileDigest {
    /// The value in lower-case hexadecimal.
    public static func hexadecimal(of bytes: [UInt8]) -> String { SHA256.hash(bytes).hexadecimal }
}
