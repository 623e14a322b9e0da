public import Tasks

extension LanguagePlugin {
    /// What a prompt says of the place in which a program of this language runs.
    public func promptContext(for source: [UInt8]) -> PromptContext {
        let file = manifest.source.name(for: source)
        var version: String?
        if case .available(let text) = availability { version = text }
        var context = PromptContext(
            file: "\(Surroundings.home)/\(file)", workingDirectory: Surroundings.home, languageVersion: version,
            command: commandLine(file: file))
        context.callStatement = manifest.callStatement?.filled([.call: "..."])
        return context
    }

    /// The command that runs a program, with programs by their names and without the numbers of one host.
    private func commandLine(file: String) -> String {
        let values: [CommandTemplate.Placeholder: String] = [
            .program: toolchain.place?.program ?? manifest.toolchain.program, .toolchain: "", .source: file,
            .output: manifest.compile?.output ?? "", .scratch: "/tmp", .memoryMB: "512", .heapMB: "384",
        ]
        let words = manifest.run.command.map { $0.filled(values) }
        guard let program = words.first else { return file }
        let name = program.hasPrefix("./") ? program : program.split(separator: "/").last.map(String.init) ?? program
        return ([name] + words.dropFirst()).joined(separator: " ")
    }
}
