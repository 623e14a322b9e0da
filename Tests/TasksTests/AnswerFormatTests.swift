import Tasks
import Testing

@Suite("Answers are found in completions")
struct AnswerFormatTests {
    static let forward = CodeTask(id: "f", kind: .forward, language: "python", truth: Truth(stdout: ""))

    private func extract(_ text: String, for task: CodeTask = forward) -> Extraction {
        AnswerFormat.extract(Completion(text: text), for: task)
    }

    private func backward(_ lines: Int) -> CodeTask {
        let program = (0..<lines).map { "line\($0)" }
        return CodeTask(
            id: "b", kind: .backward, language: "python", program: program.joined(separator: "\n"),
            truth: Truth(stdout: ""),
            maskedLines: program.enumerated().map { MaskedLine(index: $0, original: $1) })
    }

    @Test("both blocks are read, blank ones too")
    func both() {
        let found = extract("Thinking.\n```answer_stdout\n 1\n2 \n```\nthen\n```answer_stderr\n```\n")
        #expect(found.blocks == ["answer_stdout": " 1\n2 ", "answer_stderr": ""])
        #expect(found.format == 1 && found.answered == 1)
    }

    @Test("a block that is never closed is no answer")
    func unclosed() {
        let found = extract("```answer_stdout\n1\n```\n```answer_stderr\nTrace")
        #expect(found.blocks == ["answer_stdout": "1"])
        #expect(found.format == 0.5)
    }

    @Test("the last block wins and duplicates cost the format, whatever their order")
    func duplicates() {
        // The reference took the greatest of all answers, so that hedging paid.
        for order in [["9", "1"], ["1", "9"]] {
            let blocks = order.map { "```answer_stdout\n\($0)\n```\n" }.joined()
            let found = extract(blocks + "```answer_stderr\n```")
            #expect(found.blocks["answer_stdout"] == order[1])
            #expect(found.duplicates == ["answer_stdout"])
            #expect(found.format == 0.75 && found.answered == 1)
        }
    }

    @Test(
        "only what follows the reasoning counts",
        arguments: [
            "<think>```answer_stdout\n1\n```</think>\n```answer_stdout\n2\n```",
            "```answer_stdout\n1\n```\n</think>```answer_stdout\n3\n```\n</think>\n```answer_stdout\n2\n```",
            "<think>```python\nunclosed</think>\n```answer_stdout\n2\n```",
        ])
    func reasoning(text: String) {
        let found = extract(text)
        #expect(found.blocks == ["answer_stdout": "2"])
        #expect(found.duplicates.isEmpty)
    }

    @Test("a reasoning that never ends holds no answer")
    func endlessReasoning() {
        #expect(extract(" <think>\n```answer_stdout\n1\n```\n").blocks.isEmpty)
    }

    @Test(
        "what the writer fences, the parser reads back",
        arguments: [
            "", "x", "  indented\n\ttab", "```", "a\n```\nb", "````answer_stdout\nhedge\n````", "`````",
            "\n\nlines\n\nmore",
        ])
    func roundTrip(text: String) {
        let found = extract(AnswerFormat.fenced(text, tag: "answer_stdout"))
        #expect(found.blocks == ["answer_stdout": text])
    }

    @Test("a block of code that was not closed does not swallow the answer behind it")
    func forgottenFence() {
        #expect(extract("```python\nprint(1)\n```answer_stdout\n1\n```").blocks == ["answer_stdout": "1"])
    }

    @Test("masked lines are filled by number, so that line 1 is not found in line 10")
    func elevenLines() {
        let task = backward(12)
        let answers = (0..<12).map { "```answer_MASKED_LINE_\($0)\nanswer\($0)\n```" }.joined(separator: "\n")
        let found = extract(answers, for: task)
        #expect(found.format == 1)
        let expected = (0..<12).map { "answer\($0)" }.joined(separator: "\n")
        #expect(LineFilling(task, with: found) == .filled(program: expected))
        #expect(AnswerFormat.maskedProgram(task).hasSuffix("MASKED_LINE_10\nMASKED_LINE_11"))
    }

    @Test("the last block in the language is the program")
    func code() {
        let task = CodeTask(id: "t", kind: .tests, language: "python")
        let text = "```python\nold\n```\n```py\nnew\n```\n```bash\nls\n```"
        #expect(extract(text, for: task).code == "new")
        #expect(extract("```\nbare\n```", for: task).code == "bare")
        #expect(extract("```rust\nfn main() {}\n```", for: task).code == nil)
        #expect(extract("print(1)", for: task).format == 0)
        #expect(AnswerFormat.extract(Completion(text: "```snake\n1\n```"), for: task, aliases: ["Snake"]).code == "1")
    }

    @Test("carriage returns at line ends do not hide a fence")
    func carriageReturns() {
        #expect(extract("```answer_stdout\r\n1\r\n```\r\n").blocks == ["answer_stdout": "1\r"])
    }

    @Test("every prompt asks for the blocks that its parser requires", arguments: TaskKind.allCases)
    func promptsNameTheirBlocks(kind: TaskKind) throws {
        let task = CodeTask(
            id: "p", kind: kind, language: "python", program: "x = 1\nprint(x)", stdin: "in",
            truth: Truth(stdout: "1\n"), maskedLines: [MaskedLine(index: 1, original: "print(x)")],
            tests: [TestCase(name: "t", input: ProgramInput(stdin: [0x31]), expected: "2")])
        let prompt = try #require(AnswerFormat.prompt(for: task).first)
        #expect(prompt.role == "user")
        for block in AnswerFormat.requiredBlocks(for: task) {
            #expect(prompt.content.contains("```\(block == "code" ? "python" : block)\n"))
        }
        if kind == .backward { #expect(!prompt.content.contains("print(x)")) }
    }
}
