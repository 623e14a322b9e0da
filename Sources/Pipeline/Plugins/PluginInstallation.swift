import Glibc
import LanguagePlugins

/// `retort plugins add`: puts a plugin into the user's own folder.
public struct PluginInstallation: Sendable {
    /// The language's name.
    public let name: String
    /// SHA-256 over manifest and support files, in hexadecimal.
    public let digest: String
    /// Where the plugin is now.
    public let folder: String
    /// Which names are someone else's now, in words.
    public let notes: [String]

    /// Installs a plugin: read once, checked as a copy, and then renamed into its place.
    ///
    /// - Parameters:
    ///   - source: The folder that holds its `plugin.json`.
    ///   - digest: The digest that it must have; nil takes any.
    ///   - replaces: Whether one of that name that is there already is replaced.
    /// - Throws: `PipelineError` when it holds what no plugin can, when its manifest is wrong, or its digest another.
    public init(adding source: String, digest wanted: String?, replacing replaces: Bool) throws(PipelineError) {
        let files = try PluginFiles(folder: source)
        guard files.contents["plugin.json"] != nil else {
            throw PipelineError(.user, "'\(source)' holds no plugin.json", hint: "name the folder that holds it")
        }
        guard let home = UserFolders.data.map({ "\($0)/retort/plugins" }) else {
            throw PipelineError(.user, "there is no folder of your own", hint: "set HOME or XDG_DATA_HOME")
        }
        Self.makeFolders(home)
        // Hidden, so that nobody who lists the folder meanwhile takes it for a plugin.
        let new = "\(home)/.new-\(getpid())"
        defer { FolderRemoval.remove(new) }
        try files.write(to: new)
        let plugin = try Self.plugin(in: new)
        guard wanted == nil || wanted == plugin.digest else {
            throw PipelineError(
                .user, "the digest is \(plugin.digest), not \(wanted ?? "")",
                hint: "look at what you got before you trust it")
        }
        name = plugin.manifest.name
        digest = plugin.digest
        folder = "\(home)/\(name)"
        if access(folder, F_OK) == 0 {
            guard replaces else {
                throw PipelineError(.user, "'\(folder)' is there already", hint: "replace it with --replace")
            }
            FolderRemoval.remove(folder)
        }
        guard rename(new, folder) == 0 else {
            throw PipelineError(.user, "cannot make '\(folder)': \(SystemFailure.text())")
        }
        let place = folder
        notes = try CompositionRoot.registry([]).shadowed.filter { $0.winner == place || $0.loser == place }
            .map(\.description)
    }

    private static func plugin(in folder: String) throws(PipelineError) -> LanguagePlugin {
        do throws(PluginError) {
            // The others are needed by one that extends another; the first of a name wins.
            let shipped = (try? PluginFolders.find(named: [])) ?? []
            let registry = try PluginRegistry.load(folders: [folder] + shipped)
            if let plugin = registry.all.first(where: { $0.folder == folder }) { return plugin }
            if let refusal = registry.refused.first(where: { $0.folder == folder }) { throw refusal.error }
        } catch {
            throw PipelineError(error)
        }
        throw PipelineError(.user, "'\(folder)' holds no plugin")
    }

    private static func makeFolders(_ path: String) {
        var step = ""
        for name in path.split(separator: "/") {
            step += "/\(name)"
            _ = mkdir(step, 0o755)
        }
    }
}
