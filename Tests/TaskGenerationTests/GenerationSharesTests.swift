import JSON
import LanguagePlugins
import Tasks
import Testing

@testable import TaskGeneration

@Suite("Shares of what is generated", .serialized)
struct GenerationSharesTests {
    /// A program with a place for every kind of edit in each of its numbers.
    private static let code =
        "table = {'a': 4, 'b': 7}\nnumbers = [3, 5, 8]\ntotal = 0\nfor n in numbers:\n    total = total + n * 2\nprint(total // 3, numbers[1], int('12'), table['b'])\n"

    private func outcome(_ change: (inout GenerationOptions) -> Void) async throws -> [GeneratedTask] {
        let generator = try GeneratorFixture.generator(change)
        var tasks: [GeneratedTask] = []
        for number in 0..<60 {
            let code = Self.code + "print(\(number))\n"
            tasks += try await generator.tasks(of: Snippet(id: "\(number)", language: "python", code: code)).tasks
        }
        return tasks
    }

    @Test("are the weights of the mix", .timeLimit(.minutes(5)))
    func mix() async throws {
        let tasks = try await outcome { $0.mix = [.forward: 3, .backward: 1] }
        let backward = tasks.count { $0.task.kind == .backward }
        #expect(tasks.count >= 55)
        #expect((7...25).contains(backward), "\(backward)")
    }

    @Test("of failing programs, and of each error among them, are those that are wanted", .timeLimit(.minutes(5)))
    func errors() async throws {
        let tasks = try await outcome {
            $0.mix = [.forward: 1]
            $0.augmentation.errorShare = 0.5
            $0.augmentation.errorMix = [.nameError: 3, .keyError: 1]
        }
        let names = tasks.count { $0.edits == [.nameError] }
        let keys = tasks.count { $0.edits == [.keyError] }
        let failing = tasks.count { $0.task.truth?.isFailure == true }
        #expect(names + keys == failing)
        #expect((19...41).contains(failing), "\(failing)")
        #expect(names > keys && keys > 0, "\(names), \(keys)")
        #expect(tasks.allSatisfy { $0.edits != [.nameError] || $0.task.truth?.failure?.type == "NameError" })
    }

    @Test("follow the settings of truths", .timeLimit(.minutes(5)))
    func policies() async throws {
        func tasks(_ code: String, _ settings: String, language: String = "python") async throws -> SnippetOutcome {
            var options = try GenerationOptions(reading: JSONSource(settings))
            options.augmentation = .none
            options.mix = [.forward: 1]
            return try await TaskGenerator(runner: GeneratorFixture.runner(), options: options)
                .tasks(of: Snippet(id: "s", language: language, code: code))
        }
        #expect(try await tasks("x = 1\n", "{}").drops == [.emptyOutput])
        #expect(try await tasks("x = 1\n", #"{"truth": {"keep_empty_output": true}}"#).tasks.count == 1)
        #expect(try await tasks("print('x' * 50)\n", #"{"truth": {"output_bytes": 40}}"#).drops == [.longOutput])
        #expect(
            try await tasks("[][1]\n", #"{"truth": {"kept_errors": {"python": ["KeyError"]}}}"#).drops == [
                .errorNotKept
            ])
        #expect(try await tasks("int main(void) { return x; }\n", "{}", language: "c").drops == [.compileError])
        let kept = try await tasks(
            "int main(void) { return x; }\n", #"{"truth": {"keep_compile_errors": true}}"#, language: "c")
        #expect(kept.tasks.first?.task.truth?.isFailure == true)
    }

    @Test("hold an input only where it tells something new", .timeLimit(.minutes(5)))
    func novelty() async throws {
        let code = "def f(n):\n    return n > 0\n"
        let snippet = Snippet(id: "s", language: "python", code: code, fields: ["calls": ["f(3)", "f(4)", "f(-2)"]])
        let outcome = try await GeneratorFixture.generator {
            $0.mix = [.forward: 1]
            $0.tasksPerSnippet = 8
        }.tasks(of: snippet)
        // What came with the snippet is kept; what is made up besides has nothing new to tell.
        #expect(
            Set(outcome.tasks.compactMap(\.task.call)) == ["f(3)", "f(4)", "f(-2)"], "\(outcome.tasks.map(\.task.call))"
        )
    }
}
