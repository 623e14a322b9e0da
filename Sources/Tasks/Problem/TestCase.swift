public import JSON

/// One test of a program.
public struct TestCase: Sendable, Hashable {
    /// How the program is put to the test.
    public enum Kind: Sendable, Hashable {
        /// It reads standard input and prints.
        case stdin
        /// One of its functions is called and its result compared.
        case call(functionName: String, arguments: [JSONValue])
        /// A test program is appended to it and must end well.
        case program(code: String)
    }

    /// The test's name.
    public var name: String
    /// How the program is put to the test.
    public var kind: Kind
    /// What the program is given.
    public var input: ProgramInput
    /// What it must print or return; nil when ending well is enough.
    public var expected: String?
    /// Other outputs or results that are right as well.
    public var alternatives: [String] = []
    /// Limits of this test alone.
    public var limits: TaskLimits?
    /// Whether the test is kept from the policy.
    public var isHidden: Bool

    /// Makes a test case.
    public init(
        name: String, kind: Kind = .stdin, input: ProgramInput = ProgramInput(), expected: String? = nil,
        limits: TaskLimits? = nil, isHidden: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.input = input
        self.expected = expected
        self.limits = limits
        self.isHidden = isHidden
    }

    /// Whether an output or result is right: what is expected, or one of the alternatives.
    ///
    /// - Returns: nil when a checker has to decide; true when nothing is expected.
    public func accepts(_ actual: String, by comparator: Comparator) -> Bool? {
        guard let expected else { return true }
        var isRight = false
        for candidate in [expected] + alternatives {
            guard let matches = comparator.matches(actual: actual, expected: candidate) else { return nil }
            isRight = isRight || matches
        }
        return isRight
    }
}
