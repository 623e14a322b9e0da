/// What a run wrote to one stream.
public struct CapturedOutput: Sendable, Hashable {
    /// The bytes, at most the output limit.
    public var bytes: [UInt8]
    /// Whether the run wrote more than the limit.
    public var isTruncated: Bool

    /// Creates a captured output.
    public init(bytes: [UInt8] = [], isTruncated: Bool = false) {
        self.bytes = bytes
        self.isTruncated = isTruncated
    }

    /// The bytes as text; what is not UTF-8 is shown as U+FFFD.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
