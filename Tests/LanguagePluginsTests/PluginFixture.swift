import JSON
import Sandbox
import TestSupport
import Testing

@testable import LanguagePlugins

/// The plugins of this package and one sandbox for all tests.
enum PluginFixture {
    static let folder = "\(PackageRoot.path)/plugins"
    static let sandbox = Result { () throws(SandboxError) in try SandboxRunner() }
    static let registry = Result { () throws(PluginError) in try PluginRegistry.load(folders: [folder]) }

    /// The languages; one whose manifest is wrong is not among them, which a test of its own tells of.
    static var languages: [LanguagePlugin] { (try? registry.get().all) ?? [] }

    /// Those whose toolchains are here and that are to be tested.
    static var installed: [LanguagePlugin] {
        languages.filter { $0.isAvailable && TestedLanguages.contains($0.manifest.name) }
    }

    /// A plugin with another manifest.
    static func changed(_ plugin: LanguagePlugin, _ manifest: PluginManifest) throws -> LanguagePlugin {
        LanguagePlugin(
            manifest: manifest, folder: plugin.folder, digest: "changed", supportFiles: plugin.supportFiles,
            zygoteFiles: plugin.zygoteFiles, toolchain: Toolchain(manifest.toolchain))
    }

    static func runner(of plugins: [LanguagePlugin]) throws -> ProgramRunner {
        try ProgramRunner(registry: PluginRegistry(plugins), sandbox: sandbox.get(), cache: nil)
    }

    static func runner(cache: ArtifactCache? = nil) throws -> ProgramRunner {
        try ProgramRunner(registry: registry.get(), sandbox: sandbox.get(), cache: cache)
    }

    /// The manifest of a language as text.
    static func manifest(of language: String) throws -> String {
        String(decoding: try HostFolder.file("\(folder)/\(language)/plugin.json"), as: UTF8.self)
    }
}
