/// A failure that a person has to do something about, with what that is.
public struct PipelineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Who can mend it.
    public enum Kind: Sendable, Hashable {
        /// The input, the options or the output are at fault.
        case user
        /// The host has no sandbox as strong as required.
        case noSandbox
    }

    /// Who can mend it.
    public var kind: Kind
    /// What went wrong, in one sentence without a period.
    public var message: String
    /// What to do about it; nil when there is nothing to add.
    public var hint: String?

    /// Creates an error.
    public init(_ kind: Kind = .user, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }

    /// What went wrong.
    public var description: String { message }
}
