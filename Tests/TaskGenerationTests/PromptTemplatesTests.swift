import JSON
import Tasks
import Testing

@testable import LanguagePlugins
@testable import TaskGeneration

@Suite("Templates of prompts", .serialized)
struct PromptTemplatesTests {
    @Test("that come with the program are all read, several of each kind", arguments: PromptTemplates.kinds)
    func standard(kind: TaskKind) throws {
        let written = try JSONSource(PackageResources.prompts_json).parse().object?[kind.rawValue]?.array
        #expect(PromptTemplates.standard.templates(for: kind).map(\.text) == written?.compactMap(\.string))
        #expect(PromptTemplates.standard.templates(for: kind).count >= 2)
    }

    @Test("are drawn at random, a user's own as well", .timeLimit(.minutes(5)))
    func drawn() async throws {
        let own = try PromptTemplates(JSONSource(#"{"forward": ["ONE {setting} {answer}", "TWO {setting} {answer}"]}"#))
        #expect(own.templates(for: .backward) == PromptTemplates.standard.templates(for: .backward))
        var options = GenerationOptions()
        options.augmentation = .none
        options.mix = [.forward: 1]
        func heads(_ templates: PromptTemplates) async throws -> Set<String> {
            let generator = TaskGenerator(runner: try GeneratorFixture.runner(), options: options, templates: templates)
            var heads: Set<String> = []
            for number in 0..<24 {
                let snippet = Snippet(id: "\(number)", language: "python", code: "print(\(number))\n")
                for generated in try await generator.tasks(of: snippet).tasks {
                    #expect(generated.prompt.count == 1 && generated.prompt[0].role == "user")
                    heads.insert(String(generated.prompt[0].content.prefix(3)))
                }
            }
            return heads
        }
        #expect(try await heads(own) == ["ONE", "TWO"])
        #expect(try await heads(.standard).count >= 3)
    }

    @Test(
        "show the tree, the path, the code, the folder, the version, the command, the input, and the fences to answer in",
        .timeLimit(.minutes(5)))
    func parts() async throws {
        let snippet = Snippet(
            id: "s", language: "python", code: "print(input() * 2)\n", fields: ["stdin": "some-text\n"])
        let outcome = try await GeneratorFixture.generator { $0.mix = [.forward: 1] }.tasks(of: snippet)
        let prompt = try #require(outcome.tasks.first?.prompt.first?.content)
        let version = try #require(
            GeneratorFixture.languages.first { $0.manifest.name == "python" }?.toolchain.version.split(separator: " ")
                .last)
        for part in [
            "- /box/main.py\n", "/box/main.py:\n", "```python\nprint(input() * 2)\n```", "Working directory: /box\n",
            String(version),
            "python3 main.py", "some-text",
            "```answer_stdout", "```answer_stderr",
        ] {
            #expect(prompt.contains(part), "\(part) in \(prompt)")
        }
    }
}
