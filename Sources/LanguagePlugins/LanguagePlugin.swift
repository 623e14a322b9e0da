/// A language: a folder with a manifest, its support files and its examples.
public struct LanguagePlugin: Sendable {
    /// Whether programs of a language can be run here.
    public enum Availability: Sendable, Hashable {
        /// They can, with a toolchain that gives this version.
        case available(version: String)
        /// They cannot: this program is missing, and this package brings it.
        case unavailable(missing: String, package: String)
    }

    /// The manifest.
    public let manifest: PluginManifest
    /// The folder it came from.
    public let folder: String
    /// SHA-256 over the manifest and the support files, in hexadecimal.
    public let digest: String
    /// The support files that phases ask for, by name.
    let supportFiles: [String: [UInt8]]
    /// The files that lie beside its zygotes, by name.
    let zygoteFiles: [String: [UInt8]]
    /// The programs that run the language.
    let toolchain: Toolchain

    /// Whether programs can be run here; asking a toolchain for its version starts it, once.
    public var availability: Availability {
        switch toolchain.state {
        case .found: .available(version: toolchain.version)
        case .missing(let reason): .unavailable(missing: reason, package: manifest.toolchain.package)
        }
    }

    /// Whether the toolchain is there; starts nothing.
    public var isAvailable: Bool {
        if case .found = toolchain.state { true } else { false }
    }
}

extension LanguagePlugin: CustomStringConvertible {
    /// The language's name.
    public var description: String { manifest.name }
}
