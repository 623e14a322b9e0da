/// What makes compiling faster and changes nothing else.
public struct CompileAids: Sendable, Hashable {
    /// Linkers, the best first; the first that is installed is used.
    public var linkers: [LinkerChoice]
    /// How leading includes are precompiled; nil for languages without them.
    public var prefix: IncludePrefix?
    /// What the compiler itself keeps between compilations of different programs; nil when it keeps nothing.
    public var warmup: Preparation?
    /// Texts in a compiler's output that depend on the aids; a compilation that prints one is done again without them.
    public var plainWhen: [String]

    /// No aids.
    public static let none = CompileAids(linkers: [], prefix: nil, warmup: nil, plainWhen: [])
}
