/// How one language did in the conformance run.
public struct LanguageConformance: Sendable {
    /// The plugin.
    public var plugin: LanguagePlugin
    /// The checks in their order, then the other examples by their names.
    public var rows: [ConformanceRow] = []
    /// How long a small program compiled, from nothing; nil for a language that needs no compiling.
    public var compileTime: Duration?
    /// How long the first run of that program took; nil when there was none.
    public var coldTime: Duration?
    /// The median of the runs in a row of a program that does little; nil when there were none.
    public var warmTime: Duration?

    init(_ plugin: LanguagePlugin) { self.plugin = plugin }

    /// The rows of a state.
    public func count(_ state: ConformanceRow.State) -> Int { rows.count { $0.state == state } }

    /// Whether no check failed.
    public var passed: Bool { count(.failed) == 0 }
}
