/// How a language writes what is no code, and which of its words and signs can stand for one another.
///
/// This is what a program is changed by when the language has no analyser of its own: enough to leave alone what is in a
/// string or a comment, and not a grammar. What comes of a change is found by running it.
public struct ProgramSyntax: Sendable, Hashable {
    /// What starts a comment that ends with its line.
    public var lineComments: [String] = []
    /// Whether such a comment starts only where a word could.
    public var commentsStartWords = false
    /// What starts and what ends a comment of several lines.
    public var blockComments: [[String]] = []
    /// Whether comments of several lines hold one another.
    public var commentsNest = false
    /// What encloses a string, the longest first.
    public var strings: [String] = []
    /// What starts and what ends a string in which nothing is escaped.
    public var rawStrings: [[String]] = []
    /// The strings that go on behind the end of their line.
    public var multilineStrings: [String] = []
    /// What encloses one character; the same sign elsewhere means something else.
    public var characters: [String] = []
    /// What starts and what ends code inside a string, by the string.
    public var interpolations: [String: [[String]]] = [:]
    /// Whether a slash where a value could stand starts a pattern.
    public var hasPatterns = false
    /// Whether `<<WORD` starts a text that ends with a line of that word.
    public var hasHereDocuments = false
    /// Words that no program may use for a name.
    public var keywords: Set<String> = []
    /// Signs that can stand for one another.
    public var operators = OperatorGroups()
    /// A test of a condition, and the same test negated, both with `{condition}`.
    public var conditions: [ConditionForm] = []
    /// Statements that do nothing, with `{name}` for a name that is free.
    public var idleStatements: [String] = []
    /// Words of which a program that reads standard input mentions one; empty where that cannot be told.
    public var inputWords: Set<String> = []
    /// Signs that may stand right before the name of a variable and belong to it.
    public var sigils: [String] = []
    /// What ends a statement, so that another may follow; empty where a line does.
    public var statementEnd = ""
    /// Words that stand before the name of a function that is defined.
    public var functionKeywords: [String] = []
    /// An argument of a call by the name of its parameter, with `{name}` and `{value}`; empty where there are none.
    public var namedArgument = ""
    /// Texts of which one stands in the report of an error, by the kind of error that somebody wants to bring about.
    ///
    /// A kind that is not named does not come about in this language; where none is named, any failure is any kind.
    public var errors: [String: [String]] = [:]

    /// Makes a syntax without rules.
    public init() {}
}
