/// How an interpreter of a language is made to wait with its modules loaded, and fork a program's runs.
public struct ZygoteDescription: Sendable, Hashable {
    /// The folder in the plugin's whose files lie beside the interpreter when it starts.
    public var folder: String
    /// The environment beyond that of a run.
    public var environment: [String: CommandTemplate]
    /// Words of programs that could tell a zygote's run from one that was executed; they are executed.
    public var coldWords: WordSet
    /// Names, without ending, of files or folders beside a program that have it executed.
    public var coldFiles: Set<String>
    /// The zygotes; the first that is for a program is the program's.
    public var profiles: [ZygoteProfile]

    /// The profile for a program; nil when it must be executed.
    func profile(for program: SourceProgram, isThere: (String) -> Bool = HostFolder.exists) -> ZygoteProfile? {
        let names = program.files.keys.lazy.map { $0.prefix { $0 != "/" && $0 != "." } }
        if names.contains(where: { coldFiles.contains(String($0)) }) { return nil }
        let texts = [program.source] + program.files.values
        if texts.contains(where: coldWords.isMentioned) { return nil }
        return profiles.first { profile in
            (profile.mentions.isEmpty || texts.contains(where: profile.mentions.isMentioned))
                && (profile.onlyWith.map(isThere) ?? true)
        }
    }
}
