/// What an artefact depends on: two programs with one key compile to the same thing.
struct ArtifactKey: Sendable, Hashable {
    let digest: Digest

    /// Hashes the files and the command of a compilation, the toolchain's version, and the plugin's digest.
    init(files: [String: [UInt8]], command: [String], environment: [String: String], version: String, plugin: String) {
        var hash = SHA256()
        hash.update(field: Array(plugin.utf8))
        hash.update(field: Array(version.utf8))
        // The number of each kind goes first: an argument must not pass for a file.
        hash.update(field: [UInt8](String(command.count).utf8))
        for argument in command { hash.update(field: Array(argument.utf8)) }
        hash.update(field: [UInt8](String(environment.count).utf8))
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
            hash.update(field: Array(name.utf8))
            hash.update(field: Array(value.utf8))
        }
        for (path, content) in files.sorted(by: { $0.key < $1.key }) {
            hash.update(field: Array(path.utf8))
            hash.update(field: content)
        }
        digest = hash.finalize()
    }
}
