import Tasks

/// The text of a call, as far as a generator may make one.
enum CallText {
    /// Whether arguments are literals, so that a model may be asked for them.
    static func isLiteral(_ arguments: String) -> Bool { ArgumentText.isLiteral(arguments) }

    /// The arguments of a call such as `f(3, "a")`; nil when they are no literals.
    static func arguments(of call: String) -> [String]? {
        guard let name = ProgramInput.functionName(of: call) else { return nil }
        return ArgumentText.arguments(in: String(call.dropFirst(name.count + 1).dropLast()))
    }
}
