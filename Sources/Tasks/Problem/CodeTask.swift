/// One task with everything that is needed to score an answer to it.
public struct CodeTask: Sendable, Hashable {
    /// The task's name.
    public var id: String
    /// What it asks for.
    public var kind: TaskKind
    /// The language of the program and of the answer.
    public var language: String
    /// The program without masks; for `tests`, code that stands before the answer and may be empty.
    public var program: String
    /// The text on standard input of the shown run.
    public var stdin: String?
    /// The call of the shown run.
    public var call: String?
    /// Files beside the program, by relative path.
    public var files: [String: [UInt8]]
    /// What the program did; forward, backward, input and repair tasks have it.
    public var truth: Truth?
    /// The lines that a backward task hides, by line number.
    public var maskedLines: [MaskedLine]
    /// Inputs that the prompt of a backward task does not show.
    public var hiddenInputs: [ProgramInput]
    /// The tests of a `tests` or `repair` task.
    public var tests: [TestCase]
    /// What a run may use.
    public var limits: TaskLimits?
    /// How output is compared with what is expected.
    public var comparator: Comparator

    /// Makes a task.
    public init(
        id: String, kind: TaskKind, language: String, program: String = "", stdin: String? = nil, call: String? = nil,
        files: [String: [UInt8]] = [:], truth: Truth? = nil, maskedLines: [MaskedLine] = [],
        hiddenInputs: [ProgramInput] = [], tests: [TestCase] = [], limits: TaskLimits? = nil,
        comparator: Comparator = .trimmed
    ) {
        self.id = id
        self.kind = kind
        self.language = language
        self.program = program
        self.stdin = stdin
        self.call = call
        self.files = files
        self.truth = truth
        self.maskedLines = maskedLines
        self.hiddenInputs = hiddenInputs
        self.tests = tests
        self.limits = limits
        self.comparator = comparator
    }

    /// What the shown run is given.
    public var shownInput: ProgramInput { ProgramInput(stdin: Array((stdin ?? "").utf8), call: call) }
}
