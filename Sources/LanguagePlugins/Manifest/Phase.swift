/// One phase of a program's life: compiling or running.
public struct Phase: Sendable, Hashable {
    /// The command.
    public var command: [CommandTemplate]
    /// The file that the phase leaves; compiling has one.
    public var output: String?
    /// Support files of the plugin's folder that the phase needs beside the program.
    public var files: [String]
    /// The environment beyond that of the manifest.
    public var environment: [String: CommandTemplate]
    /// What the phase may use.
    public var limits: PhaseLimits
    /// What the runtime needs for itself.
    public var needs: RuntimeNeeds
}
