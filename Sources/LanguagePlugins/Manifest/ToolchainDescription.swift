/// What must be on the host for a language to work.
public struct ToolchainDescription: Sendable, Hashable {
    /// The program that shows that the toolchain is there: an absolute path, or a name looked up in PATH.
    public var program: String
    /// The command that prints the toolchain's version.
    public var version: [CommandTemplate]
    /// The package that brings it.
    public var package: String
}
