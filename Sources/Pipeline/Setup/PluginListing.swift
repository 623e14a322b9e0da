public import JSON
public import LanguagePlugins

/// One language as lists show it.
public struct PluginListing: Sendable {
    private let plugin: LanguagePlugin

    /// Takes a plugin.
    public init(_ plugin: LanguagePlugin) {
        self.plugin = plugin
    }

    /// The language's name.
    public var name: String { plugin.manifest.name }

    /// The languages in a table.
    public static func table(_ listings: [PluginListing]) -> TextTable {
        TextTable(
            header: ["language", "aliases", "extension", "start", "verified", "toolchain"],
            alignments: [.left, .left, .left, .right],
            rows: listings.map { listing in
                let manifest = listing.plugin.manifest
                let memory = listing.memory
                return [
                    manifest.name, manifest.aliases.joined(separator: " "), ".\(manifest.fileExtension)",
                    memory?.warmMilliseconds.map { Figures.duration(.microseconds(Int($0 * 1000))) } ?? "",
                    memory.map { $0.passed ? "yes" : "FAILED" } ?? "no", listing.toolchain,
                ]
            }
        )
    }

    /// How it did when it was last verified; nil when its plugin or its toolchain is another by now.
    private var memory: ConformanceMemory? { plugin.isAvailable ? ConformanceMemory(of: plugin) : nil }

    /// The package that brings the toolchain, when it is missing.
    public var missingPackage: String? {
        if case .unavailable(_, let package) = plugin.availability { package } else { nil }
    }

    /// The language for a program.
    public var json: JSONObject {
        let manifest = plugin.manifest
        var object: JSONObject = [
            "name": .string(manifest.name),
            "aliases": .array(manifest.aliases.map { .string($0) }),
            "extension": .string(manifest.fileExtension),
            "folder": .string(plugin.folder),
            "digest": .string(plugin.digest),
            "extends": manifest.extends.map { .string($0) } ?? .null,
        ]
        let memory = memory
        object["verified"] = memory.map { .bool($0.passed) } ?? .null
        object["start_ms"] = memory?.warmMilliseconds.map { .number($0) } ?? .null
        switch plugin.availability {
        case .available(let version):
            object["available"] = true
            object["version"] = .string(version)
            object["missing"] = .null
            object["package"] = .null
        case .unavailable(let missing, let package):
            object["available"] = false
            object["version"] = .null
            object["missing"] = .string(missing)
            object["package"] = .string(package)
        }
        return object
    }

    private var toolchain: String {
        switch plugin.availability {
        case .available(let version): version
        case .unavailable(let missing, let package): "missing: \(missing) (package \(package))"
        }
    }
}
