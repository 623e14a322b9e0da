import JSON

/// Reads one plugin's folder.
enum PluginLoader {
    /// The plugin in a folder.
    ///
    /// - Parameter base: The plugin of a language by its name or alias, for one that extends another.
    /// - Throws: `PluginError` with file, line, column and field when the manifest is wrong, or when a support file
    ///   that it names is missing. A toolchain that is missing is not an error.
    static func load(_ folder: String, extending base: (String) -> LanguagePlugin? = { _ in nil })
        throws(PluginError) -> LanguagePlugin
    {
        let path = "\(folder)/plugin.json"
        let bytes = try HostFolder.file(path, limit: 1 << 20)
        let manifest: PluginManifest
        do throws(JSONError) {
            manifest = try PluginManifest(JSONSource(bytes, file: path)) { base($0)?.manifest }
        } catch {
            throw PluginError(error)
        }
        var supportFiles: [String: [UInt8]] = [:]
        let phases = [
            manifest.compile, manifest.run, manifest.aids.prefix?.preparation.phase, manifest.aids.warmup?.phase,
        ]
        let named =
            phases.flatMap { $0?.files ?? [] }
            + [manifest.call, manifest.analyser, manifest.rerunner?.harness].compactMap { $0?.file }
        for name in named where supportFiles[name] == nil {
            supportFiles[name] = try HostFolder.file("\(folder)/\(name)")
        }
        let zygoteFiles = try manifest.zygote.map { (zygote) throws(PluginError) in
            try files(in: "\(folder)/\(zygote.folder)")
        }
        var hash = SHA256()
        hash.update(field: bytes)
        if let name = manifest.extends, let base = base(name) { hash.update(field: Array(base.digest.utf8)) }
        for files in [supportFiles, zygoteFiles ?? [:]] {
            for (name, content) in files.sorted(by: { $0.key < $1.key }) {
                hash.update(field: Array(name.utf8))
                hash.update(field: content)
            }
        }
        return LanguagePlugin(
            manifest: manifest, folder: folder, digest: hash.finalize().hexadecimal, supportFiles: supportFiles,
            zygoteFiles: zygoteFiles ?? [:], toolchain: Toolchain(manifest.toolchain))
    }

    /// Whether the manifest in a folder extends another; one that cannot be read does not.
    static func extendsAnother(_ folder: String) -> Bool {
        guard let bytes = try? HostFolder.file("\(folder)/plugin.json", limit: 1 << 20) else { return false }
        return (try? JSONSource(bytes).parse(limits: JSONLimits(bytes: 1 << 20, depth: 32)))?["extends"] != nil
    }

    private static func files(in folder: String) throws(PluginError) -> [String: [UInt8]] {
        let names = (HostFolder.names(in: folder) ?? []).filter { HostFolder.isFile("\(folder)/\($0)") }
        guard !names.isEmpty else { throw PluginError(.manifest, "\(folder): no files") }
        var files: [String: [UInt8]] = [:]
        for name in names { files[name] = try HostFolder.file("\(folder)/\(name)") }
        return files
    }
}
