import LanguagePlugins
import Tasks

/// The kinds of error that can be brought about in a language, by what its manifest says of their reports.
struct ErrorTypes {
    private let texts: [String: [String]]

    /// Takes what a language's manifest says.
    init(_ syntax: ProgramSyntax) { texts = syntax.errors }

    /// Whether an error of a kind can come about at all.
    func isPossible(_ kind: EditKind) -> Bool { texts.isEmpty || texts[kind.rawValue]?.isEmpty == false }

    /// Whether a program failed because something that it asks for is not installed.
    func isMissingModule(_ seen: ProgramObservation) -> Bool {
        guard seen.verdict == .runtimeError, let missing = texts["missing_module"] else { return false }
        let report = seen.errorReport
        return missing.contains { report.contains($0) }
    }

    /// Whether a program failed with an error of the kind that was wanted.
    func fits(_ seen: ProgramObservation, _ kind: EditKind) -> Bool {
        guard [.runtimeError, .compileError].contains(seen.verdict), isPossible(kind) else { return false }
        let report = seen.errorReport
        return texts.isEmpty || texts[kind.rawValue]?.contains { report.contains($0) } == true
    }
}
