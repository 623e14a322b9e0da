/// What can be done with a program, found without running it.
public struct ProgramAnalysis: Sendable {
    /// The places where it can be changed.
    public var sites: [EditSite] = []
    /// The lines, counted from 0, whose absence somebody could make up for.
    public var maskableLines: [Int] = []
    /// The functions that can be called from the end of the program.
    public var functions: [FunctionShape] = []
    /// Calls of its functions with literals that stand in it, such as `f(3)`.
    public var calls: [String] = []
    /// Literals that stand in it, as they are written.
    public var literals: [String] = []
    /// Whether it reads standard input; nil when that cannot be told.
    public var readsInput: Bool?
    /// Whether it does something by itself; nil when that cannot be told.
    public var acts: Bool?

    /// Makes an analysis that found nothing.
    public init() {}
}
