/// What a `plugin.json` says about a language.
public struct PluginManifest: Sendable, Hashable {
    /// The language's name.
    public var name: String
    /// Other names by which users and fences call it.
    public var aliases: [String]
    /// The language whose toolchain, mounts, environment, errors and syntax this one takes over; nil for none.
    public var extends: String?
    /// The file that a program is put into.
    public var source: SourceFile
    /// What must be on the host.
    public var toolchain: ToolchainDescription
    /// Host paths to show beside the system's; those that do not exist are left out.
    public var mounts: [CommandTemplate]
    /// The environment of both phases.
    public var environment: [String: CommandTemplate]
    /// How a program is compiled; nil for a language that needs no compiling.
    public var compile: Phase?
    /// What makes compiling faster.
    public var aids: CompileAids
    /// How a program is run.
    public var run: Phase
    /// How errors are read from stderr.
    public var errors: ErrorPatterns
    /// How comments and strings are written.
    public var syntax: ProgramSyntax
    /// A statement that prints its marker, for the end of a test program; nil when the language has no such place.
    public var endMarker: CommandTemplate?
    /// A statement that prints the result of a call; nil when the language has no such place.
    public var callStatement: CommandTemplate?
    /// Variables of the second of the two runs by which a truth is checked: what may differ and must not matter.
    public var secondLook: [String: CommandTemplate]
    /// The harness that calls one function; nil when the language has none.
    public var call: CallHarness?
    /// The program that finds the places of a program that may be changed; nil leaves that to the lexical rules.
    public var analyser: CallHarness?
    /// The program that runs many programs again in one process; nil runs each alone.
    public var rerunner: RerunHarness?
    /// How its interpreter forks runs; nil when each run is executed.
    public var zygote: ZygoteDescription?
    /// What the conformance run must know.
    public var conformance: ConformanceTerms

    /// The ending of a program's file, without the dot.
    public var fileExtension: String { source.fileExtension }
}
