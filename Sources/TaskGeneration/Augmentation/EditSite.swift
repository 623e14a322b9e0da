/// A place of a program where an edit of one kind can be made, in one way or another.
public struct EditSite: Sendable, Hashable {
    /// The kind.
    public var kind: EditKind
    /// The ways, each all that has to be changed together.
    public var alternatives: [[TextEdit]]

    /// Makes a site.
    public init(_ kind: EditKind, _ alternatives: [[TextEdit]]) {
        self.kind = kind
        self.alternatives = alternatives
    }
}
