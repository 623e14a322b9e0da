import JSON
import LanguagePlugins
import Tasks
import Testing

@testable import TaskGeneration

@Suite("Tasks that ask for an input, or for a mended program", .serialized)
struct InputAndRepairTests {
    private static let code =
        "def f(a, b):\n    total = 0\n    for x in a:\n        total = total + x * b\n    return total\n"

    private func tasks(_ kind: TaskKind, _ snippet: Snippet, count: Int = 1) async throws -> SnippetOutcome {
        try await GeneratorFixture.generator {
            $0.mix = [kind: 1]
            $0.tasksPerSnippet = count
        }.tasks(of: snippet)
    }

    private func verdict(_ task: CodeTask, blocks: [String: String] = [:], code: String? = nil) async throws -> Verdict
    {
        let extraction = Extraction(
            blocks: blocks, requiredBlocks: AnswerFormat.requiredBlocks(for: task), code: code)
        return await Judge(runner: try GeneratorFixture.runner()).judge(task, extraction).verdict
    }

    @Test("accept any arguments that bring the output about, and no code", .timeLimit(.minutes(5)))
    func arguments() async throws {
        let snippet = Snippet(
            id: "s", language: "python", code: Self.code, fields: ["calls": ["f([1, 2], 3)", "f([5], 2)"]])
        let generated = try #require(try await tasks(.input, snippet).tasks.first)
        let prompt = try #require(generated.prompt.first?.content)
        #expect(!prompt.contains(generated.task.call ?? "?"))
        let stdout = try #require(generated.task.truth?.stdout).dropLast()
        func answer(_ text: String) async throws -> Verdict {
            try await verdict(generated.task, blocks: [AnswerFormat.inputBlock: text])
        }
        #expect(try await answer("[\(stdout)], 1") == .accepted)
        #expect(try await answer("[1, 1], \(stdout)") == .wrongAnswer)
        #expect(try await answer("[], 1) or print(\(stdout)") == .wrongAnswer)
        #expect(try await answer("[sum([\(stdout)])], 1") == .wrongAnswer)
        #expect(try await verdict(generated.task) == .noAnswer)
    }

    @Test("accept a text on standard input", .timeLimit(.minutes(5)))
    func texts() async throws {
        let snippet = Snippet(
            id: "s", language: "python", code: "a, b = map(int, input().split())\nprint(a + b)\n",
            fields: ["stdin": "3 4\n"])
        let generated = try #require(try await tasks(.input, snippet).tasks.first)
        #expect(try await verdict(generated.task, blocks: [AnswerFormat.inputBlock: "5 2"]) == .accepted)
        #expect(try await verdict(generated.task, blocks: [AnswerFormat.inputBlock: "5 3"]) == .wrongAnswer)
    }

    @Test("are not made where the input does not matter", .timeLimit(.minutes(5)))
    func idle() async throws {
        let fixed = Snippet(id: "s", language: "python", code: "input()\nprint(1)\n", fields: ["stdin": "a1b2\n"])
        #expect(try await tasks(.input, fixed).drops == [.noInput])
        let none = Snippet(id: "s", language: "python", code: "print(1)\n")
        #expect(try await tasks(.input, none).drops == [.noInput])
        #expect(try await tasks(.repair, none).drops == [.nothingHidden])
    }

    @Test("accept the program as it was, and not one that prints what is wanted", .timeLimit(.minutes(5)))
    func repair() async throws {
        let snippet = Snippet(
            id: "s", language: "python", code: Self.code,
            fields: ["calls": ["f([1, 2], 3)", "f([5], 2)", "f([7, 8], 1)"]])
        let outcome = try await tasks(.repair, snippet, count: 4)
        #expect(!outcome.tasks.isEmpty)
        for generated in outcome.tasks {
            let task = generated.task
            #expect(task.program != Self.code)
            #expect(task.tests.count >= 2)
            #expect(try await verdict(task, code: Self.code) == .accepted)
            #expect(try await verdict(task, code: task.program) != .accepted)
            let cheat = "def f(*a):\n    return \(task.tests[0].expected?.dropLast() ?? "")\n"
            #expect(try await verdict(task, code: cheat) == .wrongAnswer)
        }
    }

    @Test("find inputs in a snippet and by the types of its parameters", .timeLimit(.minutes(5)))
    func foundInputs() async throws {
        let called = Snippet(id: "s", language: "python", code: Self.code + "print(f([1], 2))\nf([3, 4], 5)\n")
        let outcome = try await tasks(.input, called, count: 4)
        #expect(outcome.tasks.contains { $0.form == .function })
        let silent = Snippet(
            id: "s", language: "python",
            code: "def shout(text: str, times: int = 2):\n    return text.upper() * times\n")
        let found = try await tasks(.forward, silent, count: 4)
        #expect(found.tasks.contains { $0.task.call?.hasPrefix("shout(") == true }, "\(found.drops)")
    }
}
