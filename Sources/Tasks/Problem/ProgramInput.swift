/// What a program is given for one run.
public struct ProgramInput: Sendable, Hashable {
    /// The bytes on its standard input.
    public var stdin: [UInt8]
    /// Its arguments.
    public var arguments: [String]
    /// A call to stitch in, whose result is printed; such as `f(3, "a")`.
    public var call: String?
    /// Lines of the program that read otherwise in this run.
    public var edits: [LineEdit]

    /// Makes an input.
    public init(stdin: [UInt8] = [], arguments: [String] = [], call: String? = nil, edits: [LineEdit] = []) {
        self.stdin = stdin
        self.arguments = arguments
        self.call = call
        self.edits = edits
    }
}
