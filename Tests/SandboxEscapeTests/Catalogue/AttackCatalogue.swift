/// All attacks, in the order of the adversarial catalogue.
enum AttackCatalogue {
    static let attacks: [Attack] =
        AttacksOnTime.all + AttacksOnMemory.all + AttacksOnProcesses.all + AttacksOnFiles.all + AttacksOnSecrets.all
        + AttacksOnCompilers.all

    /// Rows that are no run of one program, and where they are tried.
    static let rowsElsewhere: [Int: String] = [
        52: "bad requests: SandboxEscapeSuite refuses paths that lead out of the box; there are no archives",
        68: "a policy of the trainer: how much a verdict tells; nothing for a sandbox to hold",
        78: "LanguagePluginsTests", 79: "LanguagePluginsTests", 80: "LanguagePluginsTests", 81: "LanguagePluginsTests",
        82: "LanguagePluginsTests", 83: "LanguagePluginsTests",
    ]

    /// The last row of the adversarial catalogue.
    static let lastRow = 84
}
