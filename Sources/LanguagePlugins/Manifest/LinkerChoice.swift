/// A linker that is used where it is installed.
public struct LinkerChoice: Sendable, Hashable {
    /// Its program, by an absolute path that every box shows.
    public var program: String
    /// The arguments that choose it.
    public var arguments: [String]
}
