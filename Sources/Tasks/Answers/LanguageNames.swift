/// The names by which a fence may call a language.
///
/// Plugins know their own aliases and can pass them; these are the ones that models write whatever is installed.
enum LanguageNames {
    private static let groups: [Set<String>] = [
        ["python", "python3", "py", "py3"],
        ["cpp", "c++", "cc", "cxx"],
        ["javascript", "js", "node", "nodejs", "mjs"],
        ["typescript", "ts"],
        ["bash", "sh", "shell", "zsh"],
        ["rust", "rs"],
        ["go", "golang"],
        ["csharp", "c#", "cs"],
        ["ruby", "rb"],
        ["kotlin", "kt"],
        ["haskell", "hs"],
        ["perl", "pl"],
    ]

    /// Every name of a language, in lower case, itself among them.
    static func names(of language: String) -> Set<String> {
        let name = language.lowercased()
        return groups.first { $0.contains(name) } ?? [name]
    }
}
