/// One of a language's zygotes: what it has loaded, and which programs it is for.
public struct ZygoteProfile: Sendable, Hashable {
    /// A name for reports.
    public var name: String
    /// Programs that mention one of these words; empty means all.
    public var mentions: WordSet
    /// A host path without which the profile is not offered; nil offers it always.
    public var onlyWith: String?
    /// The environment beyond that of the other zygotes.
    public var environment: [String: CommandTemplate]
}
