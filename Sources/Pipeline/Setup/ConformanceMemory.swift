import Glibc
import JSON
import LanguagePlugins

/// How a language did when it was last verified: one small file a language in the user's cache.
///
/// It counts as long as plugin and toolchain are what they were. Losing it costs a column of `retort plugins list`.
struct ConformanceMemory: Sendable {
    /// Whether every check passed.
    var passed: Bool
    /// The median start in milliseconds; nil when there was none.
    var warmMilliseconds: Double?
    private let plugin: LanguagePlugin

    /// Takes what came of a conformance run.
    init(_ conformance: LanguageConformance) {
        plugin = conformance.plugin
        passed = conformance.passed
        warmMilliseconds = conformance.warmTime.map(Figures.milliseconds)
    }

    /// Finds what is known of a plugin; nil when it was not verified as it is now.
    init?(of plugin: LanguagePlugin) {
        guard let path = Self.path(of: plugin), let file = try? ReadableFile(path),
            let bytes = try? file.bytes(limit: 1 << 16), let value = try? JSONValue.parse(bytes),
            value["plugin"]?.string == Self.identity(of: plugin), let passed = value["passed"]?.bool
        else { return nil }
        self.plugin = plugin
        self.passed = passed
        warmMilliseconds = value["warm_ms"]?.double
    }

    /// Writes it down; a cache that cannot be written is none.
    func keep() {
        guard let path = Self.path(of: plugin), let folder = Self.folder else { return }
        var step = ""
        for name in folder.split(separator: "/") {
            step += "/\(name)"
            _ = mkdir(step, 0o755)
        }
        let object: JSONObject = [
            "plugin": .string(Self.identity(of: plugin)), "passed": .bool(passed),
            "warm_ms": warmMilliseconds.map { .number($0) } ?? .null,
        ]
        // Whole or not at all: another process may be reading it.
        let new = "\(path).\(getpid())"
        guard let sink = try? LineSink.file(new) else { return }
        let isWritten = (try? sink.write(JSONValue.object(object).serializedBytes() + [0x0A])) != nil
        if !isWritten || rename(new, path) != 0 { unlink(new) }
    }

    private static var folder: String? { UserFolders.cache.map { "\($0)/retort/conformance" } }

    private static func path(of plugin: LanguagePlugin) -> String? {
        folder.map { "\($0)/\(plugin.manifest.name).json" }
    }

    private static func identity(of plugin: LanguagePlugin) -> String {
        guard case .available(let version) = plugin.availability else { return plugin.digest }
        return "\(plugin.digest) \(version)"
    }
}
