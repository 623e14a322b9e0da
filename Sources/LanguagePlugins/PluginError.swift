public import JSON
public import Sandbox

/// What keeps a plugin from being read or a program from being run; never a property of the program.
public struct PluginError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Kind: Sendable, Hashable {
        /// A manifest or a folder of one is not as it should be.
        case manifest
        /// No plugin has that name.
        case unknownLanguage
        /// The plugin's toolchain is not on this host.
        case unavailable
        /// What was asked for cannot be put into a box, such as a file outside the working folder.
        case request
        /// The sandbox failed, twice.
        case sandbox
    }

    /// What kind of failure it is.
    public var kind: Kind
    /// What went wrong, in one sentence without a period, with its place.
    public var message: String
    /// What to do about it; empty when there is nothing to say.
    public var hint: String

    /// Makes an error.
    public init(_ kind: Kind, _ message: String, hint: String = "") {
        self.kind = kind
        self.message = message
        self.hint = hint
    }

    /// Makes an error of one about a manifest's text.
    public init(_ error: JSONError) { self.init(.manifest, error.description) }

    /// Makes an error of one of the sandbox.
    public init(_ error: SandboxError) { self.init(.sandbox, error.description, hint: error.hint) }

    /// What went wrong.
    public var description: String { message }
}
