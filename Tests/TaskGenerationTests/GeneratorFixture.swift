import LanguagePlugins
import Sandbox
import Tasks
import TestSupport
import Testing

@testable import TaskGeneration

/// The plugins of this package and one sandbox for all tests.
enum GeneratorFixture {
    static let sandbox = Result { () throws(SandboxError) in try SandboxRunner() }
    static let registry = Result { () throws(PluginError) in
        try PluginRegistry.load(folders: ["\(PackageRoot.path)/plugins"])
    }

    /// The languages; none when a manifest is wrong, which a test of the plugins tells of.
    static var languages: [LanguagePlugin] { (try? registry.get().all) ?? [] }

    static func runner() throws -> ProgramRunner {
        try ProgramRunner(registry: registry.get(), sandbox: sandbox.get(), cache: nil)
    }

    static func generator(_ change: (inout GenerationOptions) -> Void = { _ in }) throws -> TaskGenerator {
        var options = GenerationOptions()
        options.augmentation = .none
        change(&options)
        return TaskGenerator(runner: try runner(), options: options)
    }

    static func tasks(
        _ code: String, language: String = "python", _ change: (inout GenerationOptions) -> Void = { _ in }
    )
        async throws -> SnippetOutcome
    {
        try await generator(change).tasks(of: Snippet(id: "s", language: language, code: code))
    }
}
