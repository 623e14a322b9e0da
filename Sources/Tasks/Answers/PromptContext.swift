/// What a prompt says of the place in which the program runs.
public struct PromptContext: Sendable, Hashable {
    /// The program's path in the project.
    public var file: String?
    /// The folder it runs in.
    public var workingDirectory: String?
    /// The language with its version, such as `Python 3.11`.
    public var languageVersion: String?
    /// The command that runs it.
    public var command: String?
    /// The line that is added to a program to print the result of a call, with the call in it as `...`.
    public var callStatement: String?

    /// Makes a context.
    public init(
        file: String? = nil, workingDirectory: String? = nil, languageVersion: String? = nil, command: String? = nil
    ) {
        self.file = file
        self.workingDirectory = workingDirectory
        self.languageVersion = languageVersion
        self.command = command
    }
}
