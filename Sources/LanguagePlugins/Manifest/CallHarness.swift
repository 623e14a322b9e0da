/// The program that calls one function of a user's program and prints its result.
public struct CallHarness: Sendable, Hashable {
    /// Its file in the plugin's folder.
    public var file: String
    /// The command that runs it in the place of the program's own.
    public var command: [CommandTemplate]
}
