import Tasks
import Testing

@Suite("A masked line takes one logical line")
struct LineFillingTests {
    private func fill(_ original: String, with answer: String?) -> LineFilling {
        let task = CodeTask(
            id: "b", kind: .backward, language: "python", program: "a\n\(original)\nb", truth: Truth(stdout: ""),
            maskedLines: [MaskedLine(index: 1, original: original)])
        let blocks = answer.map { [AnswerFormat.maskedLineBlock(0): $0] } ?? [:]
        return LineFilling(task, with: Extraction(blocks: blocks))
    }

    @Test(
        "one line with the same indentation is filled in",
        arguments: [
            ("    x = 1", "    y = 2"), ("    x = 1", "\n    y = 2  \n"), ("x = 1", "f(1,\n  2)"),
            ("x", "y = 1 + \\\n 2"),
            ("for (int i = 0; i < 3; i++) {", "for (int j = 1; j < 4; j++) {"), ("x = 1;", "x = 2"),
            ("a(); b();", "c(); d();"), ("x = 1", "print('a;b;c')"), ("x", "s = \"it's\""), ("x", #"s = '\\'"#),
        ])
    func filled(original: String, answer: String) {
        let line = answer.split(separator: "\n", omittingEmptySubsequences: true).joined(separator: "\n")
        let expected = line.hasSuffix("  ") ? String(line.dropLast(2)) : line
        #expect(fill(original, with: answer) == .filled(program: "a\n\(expected)\nb"))
    }

    @Test(
        "more than one line, more statements or none are refused",
        arguments: [
            ("x = 1", "print('shown')\nexit()"), ("x = 1", "print('shown'); exit()"), ("x = 1", ""), ("x = 1", "  \n"),
            ("x = 1;", "puts(\"shown\"); exit(0);"), ("if (x)", "if (x) { puts(\"shown\"); exit(0); }"),
            ("x", "s = 'open\nexit()'"),
        ])
    func refused(original: String, answer: String) {
        #expect(fill(original, with: answer) == .notOneLine(number: 0))
    }

    @Test("another indentation is refused")
    func indentation() {
        #expect(fill("    x = 1", with: "x = 1") == .wrongIndentation(number: 0))
        #expect(fill("    x = 1", with: "\tx = 1") == .wrongIndentation(number: 0))
    }

    @Test("a line without an answer is missing")
    func missing() {
        #expect(fill("x", with: nil) == .missing(number: 0))
    }
}
