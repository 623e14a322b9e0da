/// Signs of a language that can stand for one another and leave a program that still has a meaning.
public struct OperatorGroups: Sendable, Hashable {
    /// Signs between two numbers.
    public var arithmetic: [String] = []
    /// Signs before a value, without a blank between.
    public var unary: [String] = []
    /// Signs between two values that are compared.
    public var comparison: [String] = []
    /// Signs between two truths.
    public var boolean: [String] = []
    /// Signs that change a variable by a value.
    public var assignment: [String] = []

    /// Makes groups without signs.
    public init() {}
}
