import LanguagePlugins
import Tasks

/// The types of error that a kind of corruption is meant to bring about.
enum ErrorTypes {
    private static let python: [EditKind: Set<String>] = [
        .syntaxError: ["SyntaxError", "IndentationError", "TabError"],
        .nameError: ["NameError", "UnboundLocalError"],
        .typeError: ["TypeError"],
        .indexError: ["IndexError"],
        .keyError: ["KeyError"],
        .valueError: ["ValueError"],
        .zeroDivision: ["ZeroDivisionError"],
    ]

    /// Whether an error is of the kind that was wanted; other languages than Python name theirs as they like.
    static func fits(_ seen: ProgramObservation, _ kind: EditKind, language: String) -> Bool {
        guard [.runtimeError, .compileError].contains(seen.verdict) else { return false }
        return fits((seen.usual?.failure ?? seen.compileFailure)?.type, kind, language: language)
    }

    /// Whether a type of error is of the kind that was wanted.
    static func fits(_ type: String?, _ kind: EditKind, language: String) -> Bool {
        guard language == "python" else { return true }
        return type.map { python[kind]?.contains($0) == true } ?? false
    }
}
