import JSON
import LanguagePlugins

/// A manifest as it counts: what it says, what it takes over from the language that it extends, and every default.
struct FilledManifest {
    /// The manifest.
    let value: JSONValue

    /// Fills a plugin's manifest.
    ///
    /// - Parameter base: The plugin that it extends; nil for none.
    init(_ plugin: LanguagePlugin, base: LanguagePlugin?) throws(PipelineError) {
        let manifest = plugin.manifest
        var members = try Self.members(of: plugin)
        let inherited: JSONObject = try base.map { (base) throws(PipelineError) in try Self.members(of: base) } ?? [:]
        for field in ["toolchain", "errors", "syntax"] where members[field] == nil { members[field] = inherited[field] }
        members["aliases"] = .array(manifest.aliases.map { .string($0) })
        members["mounts"] = .array(manifest.mounts.map { .string($0.text) })
        members["environment"] = Self.environment(manifest.environment)
        if let phase = manifest.compile { members["compile"] = Self.filled(members["compile"], phase) }
        members["run"] = Self.filled(members["run"], manifest.run)
        value = .object(members)
    }

    private static func members(of plugin: LanguagePlugin) throws(PipelineError) -> JSONObject {
        let bytes = try ReadableFile("\(plugin.folder)/plugin.json").bytes(limit: 1 << 20)
        do throws(JSONError) {
            return try JSONValue.parse(bytes).object ?? [:]
        } catch {
            throw PipelineError(.user, "\(plugin.folder)/plugin.json: \(error.description)")
        }
    }

    private static func filled(_ value: JSONValue?, _ phase: Phase) -> JSONValue {
        var members = value?.object ?? [:]
        members["files"] = .array(phase.files.map { .string($0) })
        members["environment"] = environment(phase.environment)
        members["limits"] = .object(JSONObject(phase.limits.filled.map { ($0.name, .integer(Int64($0.value))) }))
        members["needs"] = [
            "threads": .integer(Int64(phase.needs.threads)),
            "address_space_mb": .integer(Int64(phase.needs.addressSpaceMB)),
        ]
        return .object(members)
    }

    private static func environment(_ variables: [String: CommandTemplate]) -> JSONValue {
        .object(JSONObject(variables.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value.text)) }))
    }
}
