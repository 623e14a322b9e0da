import JSON
import LanguagePlugins

/// The languages for `retort plugins list` and `show`.
public struct PluginCatalogue: Sendable {
    private let registry: PluginRegistry
    private let folders: [String]

    /// Loads the plugins of the named folders and of the usual ones.
    public init(folders: [String]) throws(PipelineError) {
        self.folders = try PluginFolders.find(named: folders)
        registry = try CompositionRoot.registry(folders)
    }

    /// Where languages were looked for, the plugins left out, and the names that more than one plugin wanted.
    public var notes: [String] {
        ["searched, the first wins: \(folders.joined(separator: ", "))"] + registry.notes
    }

    private var listings: [PluginListing] { registry.all.map(PluginListing.init) }

    /// All languages in a table.
    public var text: String { PluginListing.table(listings).text }

    /// All languages as a JSON array, on one line.
    public var json: String { JSONValue.array(listings.map { .object($0.json) }).serialized() }

    /// One language and its manifest, for a person.
    public func text(of name: String) throws(PipelineError) -> String {
        let plugin = try plugin(named: name)
        return """
            \(PluginListing.table([PluginListing(plugin)]).text)
            folder  \(plugin.folder)
            digest  \(plugin.digest)

            \(try manifest(of: plugin).serialized(pretty: true))

            """
    }

    /// One language and its manifest as a JSON object, on one line.
    public func json(of name: String) throws(PipelineError) -> String {
        let plugin = try plugin(named: name)
        var object = PluginListing(plugin).json
        object["manifest"] = try manifest(of: plugin)
        return JSONValue.object(object).serialized()
    }

    private func plugin(named name: String) throws(PipelineError) -> LanguagePlugin {
        do throws(PluginError) { return try registry.requirePlugin(named: name) } catch { throw PipelineError(error) }
    }

    private func manifest(of plugin: LanguagePlugin) throws(PipelineError) -> JSONValue {
        let base = plugin.manifest.extends.flatMap { registry.plugin(named: $0) }
        return try FilledManifest(plugin, base: base).value
    }
}
