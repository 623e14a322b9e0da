/// How large and how deep a text may be before it is refused unread.
public struct JSONLimits: Sendable, Hashable {
    /// The most bytes of one text.
    public var bytes: Int
    /// The most arrays and objects inside one another.
    public var depth: Int

    /// Makes limits.
    public init(bytes: Int = 64 << 20, depth: Int = 256) {
        self.bytes = bytes
        // jansson itself gives up at 2048; above that its message would name a number that nobody set.
        self.depth = min(depth, 2000)
    }

    /// 64 MiB and 256 levels: more than any honest task or completion needs.
    public static let standard = JSONLimits()
}
