/// How the includes that a program starts with are compiled once for all programs that start with them.
public struct IncludePrefix: Sendable, Hashable {
    /// The headers that may be part of it; each must mean the same when it is included a second time.
    public var headers: Set<String>
    /// How it is made and used; `{source}` is a file that holds the includes and nothing else.
    public var preparation: Preparation
}
