import Tasks

/// One program of a plugin's `examples/`.
struct ConformanceExample: Sendable {
    /// The name of its file.
    let file: String
    let source: [UInt8]
    let stdin: [UInt8]
    /// What it must print to be accepted; nil when ending well is enough.
    let stdout: String?

    /// The name of its file without the ending.
    var stem: String { String(file.prefix { $0 != "." }) }

    /// The verdict that its name tells; nil when it tells none.
    var verdict: Verdict? { Verdict(rawValue: String(stem.map { $0 == "-" ? "_" : $0 })) }

    /// The examples of a plugin, in the order of their names.
    ///
    /// - Throws: `PluginError` when there are none, or one cannot be read.
    static func all(of plugin: LanguagePlugin) throws(PluginError) -> [ConformanceExample] {
        let folder = "\(plugin.folder)/examples"
        let names = HostFolder.names(in: folder) ?? []
        let ending = "." + plugin.manifest.fileExtension
        var examples: [ConformanceExample] = []
        for name in names where name.hasSuffix(ending) {
            let path = "\(folder)/\(name.dropLast(ending.count))"
            let output = HostFolder.exists("\(path).out") ? try HostFolder.file("\(path).out") : nil
            examples.append(
                ConformanceExample(
                    file: name, source: try HostFolder.file("\(folder)/\(name)"),
                    stdin: HostFolder.exists("\(path).in") ? try HostFolder.file("\(path).in") : [],
                    stdout: output.map { String(decoding: $0, as: UTF8.self) }))
        }
        guard !examples.isEmpty else {
            throw PluginError(
                .manifest, "\(folder): no examples that end in \(ending)",
                hint: "add one program for each check, such as hello\(ending)")
        }
        return examples
    }
}
