import Foundation
import JSON
import LanguagePlugins
import Tasks
import TestSupport
import Testing

@testable import TaskGeneration

@Suite("The generator of tasks", .serialized)
struct TaskGeneratorTests {
    /// Sums numbers of its input; the last line prints.
    private static let summing = "total = 0\nfor word in input().split():\n    total += int(word)\nprint(total)\n"

    @Test("asks what a program prints, and knows", .timeLimit(.minutes(5)))
    func forward() async throws {
        let outcome = try await GeneratorFixture.tasks("print(6 * 7)\n1 / 0\n") { $0.mix = [.forward: 1] }
        let task = try #require(outcome.tasks.first)
        #expect(task.task.truth?.stdout == "42\n")
        #expect(task.task.truth?.failure == Failure(type: "ZeroDivisionError", message: "division by zero", line: 2))
        #expect(task.task.truth?.stderr.contains("\"/box/main.py\", line 2") == true)
        #expect(task.prompt.first?.content.contains("/box/main.py") == true)
        #expect(task.prompt.first?.content.contains("Python 3") == true)
    }

    @Test("gives the same tasks for the same seed and others in another epoch", .timeLimit(.minutes(5)))
    func deterministic() async throws {
        func tasks(_ epoch: UInt64) async throws -> [CodeTask] {
            try await GeneratorFixture.tasks("x = 12 + 34\nprint(x * 5, x - 7)\n") {
                $0.augmentation = AugmentationOptions()
                $0.tasksPerSnippet = 4
                $0.epoch = epoch
            }.tasks.map(\.task)
        }
        let first = try await tasks(0)
        #expect(try await tasks(0) == first)
        #expect(try await tasks(1).map(\.program) != first.map(\.program))
    }

    @Test(
        "drops what does not do the same twice", .timeLimit(.minutes(5)),
        arguments: [
            "print(hash('a'))", "import time\nprint(time.time())", "import time\nprint(time.localtime()[:4])",
            "print(object())", "import random\nprint(random.random())",
            "import uuid\nprint(uuid.uuid4())",
            "import os\nprint(dict(os.environ))",
        ])
    func nondeterministic(code: String) async throws {
        let outcome = try await GeneratorFixture.tasks(code) { $0.mix = [.forward: 1] }
        #expect(outcome.drops == [.nondeterministic])
    }

    @Test("puts the path of the program into the one project", .timeLimit(.minutes(5)))
    func paths() async throws {
        let outcome = try await GeneratorFixture.tasks("print(__file__)") { $0.mix = [.forward: 1] }
        #expect(outcome.tasks.first?.task.truth?.stdout == "/box/main.py\n")
    }

    @Test("masks lines that matter and keeps inputs hidden on which the output is another", .timeLimit(.minutes(5)))
    func backward() async throws {
        let snippet = Snippet(id: "s", language: "python", code: Self.summing, fields: ["stdin": "1 2 3\n"])
        let outcome = try await GeneratorFixture.generator {
            $0.mix = [.backward: 1]
            $0.tasksPerSnippet = 3
        }.tasks(of: snippet)
        #expect(!outcome.tasks.isEmpty)
        for generated in outcome.tasks {
            #expect(!generated.task.hiddenInputs.isEmpty)
            #expect(!generated.task.maskedLines.isEmpty)
            try await checkThatOnlyTheTruthPays(
                generated.task, cheat: "print(\(generated.task.truth?.stdout ?? ""));exit()")
        }
    }

    @Test(
        "hides other numbers where a program reads nothing, so that printing what is shown earns nothing",
        .timeLimit(.minutes(5)))
    func backwardWithoutInput() async throws {
        let code = "a = 3\nb = 4\nc = a * b\nprint(c)\n"
        let outcome = try await GeneratorFixture.tasks(code) {
            $0.mix = [.backward: 1]
            $0.maskedLines = 1
            $0.tasksPerSnippet = 6
        }
        #expect(outcome.tasks.contains { $0.task.hiddenInputs.contains { !$0.edits.isEmpty } })
        for generated in outcome.tasks {
            try await checkThatOnlyTheTruthPays(generated.task, cheat: "print(12) or exit()")
        }
    }

    /// The lines as they were are accepted on every input; what prints the shown output and leaves is not.
    private func checkThatOnlyTheTruthPays(_ task: CodeTask, cheat: String) async throws {
        let judge = Judge(runner: try GeneratorFixture.runner())
        func verdicts(_ line: (MaskedLine) -> String) async -> [Verdict] {
            var extraction = Extraction(requiredBlocks: AnswerFormat.requiredBlocks(for: task))
            for (number, masked) in task.maskedLines.enumerated() {
                extraction.blocks[AnswerFormat.maskedLineBlock(number)] = line(masked)
            }
            let judgement = await judge.judge(task, extraction)
            return [judgement.verdict] + judgement.hidden.map(\.verdict)
        }
        #expect(await verdicts(\.original).allSatisfy { $0 == .accepted })
        let cheated = await verdicts { String($0.original.prefix { $0 == " " }) + cheat }
        #expect(cheated.contains { $0 != .accepted }, "\(task.program) masked \(task.maskedLines)")
    }

    @Test(
        "drops with a reason", .timeLimit(.minutes(5)),
        arguments: [
            ("while True: pass", DropReason.timeLimit), ("x = 1", .emptyOutput),
            ("import sys\nsys.stdout.buffer.write(b'\\xff\\x00')", .binaryOutput),
            ("print('x' * 5000)", .longOutput), ("x = [0] * (1 << 30)", .memoryLimit),
            ("while True: print('x' * 1000)", .outputLimit), ("raise RuntimeError('x')", .errorNotKept),
            (" \n\t\n", .blank), ("x = '\0'", .notText), (String(repeating: "x", count: 10_000), .longLine),
            (String(repeating: String(repeating: "x", count: 99) + "\n", count: 900), .tooLarge),
            (String(repeating: "\n", count: 2_000), .tooManyLines),
        ])
    func drops(code: String, reason: DropReason) async throws {
        let outcome = try await GeneratorFixture.tasks(code) {
            $0.mix = [.forward: 1]
            $0.truth.limits.cpuTime = .milliseconds(500)
        }
        #expect(outcome.drops == [reason])
        #expect(outcome.tasks.isEmpty)
    }

    @Test("counts a language that nobody has, and goes on")
    func unknownLanguage() async throws {
        #expect(try await GeneratorFixture.tasks("x", language: "intercal").drops == [.noLanguage])
    }

    @Test("handles back-ticks by a longer fence, or drops them when told to", .timeLimit(.minutes(5)))
    func fences() async throws {
        let code = "print('```answer_stdout')\n"
        let kept = try await GeneratorFixture.tasks(code) { $0.mix = [.forward: 1] }
        #expect(kept.tasks.first?.prompt.first?.content.contains("````python") == true)
        let dropped = try await GeneratorFixture.tasks(code) {
            $0.mix = [.forward: 1]
            $0.truth.fences = .drop
        }
        #expect(dropped.drops == [.fences])
    }

    @Test("leaves nothing of the host in a prompt", .timeLimit(.minutes(5)))
    func noLeak() async throws {
        let code = """
            import os, socket, sys
            print(os.path.exists('/root/.bashrc'), os.getuid() == 0 and os.path.exists('/home'))
            try:
                socket.create_connection(('127.0.0.1', 80), 1)
            except OSError as e:
                print('no network')
            open('left-behind', 'w').write('x')
            print(sorted(os.listdir('.')))
            """
        let outcome = try await GeneratorFixture.tasks(code) { $0.mix = [.forward: 1] }
        let prompt = try #require(outcome.tasks.first?.prompt.first?.content, "\(outcome.drops)")
        #expect(!prompt.contains("left-behind\n- "))
        for name in ["RETORT_", "SSH_", "TOKEN", "SECRET"] {
            #expect(outcome.tasks.first?.task.truth?.stdout.contains(name) == false)
        }
    }
}
