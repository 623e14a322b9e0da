/// Two snippets that are too similar to be kept together.
public struct SimilarPair: Sendable, Hashable {
    /// The one with the lower number.
    public var first: Int32
    /// The other.
    public var second: Int32

    /// Creates a pair; the lower number is put first.
    public init(_ one: Int32, _ other: Int32) {
        first = min(one, other)
        second = max(one, other)
    }
}
