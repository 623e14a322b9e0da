import Rewards
import Tasks
import Testing

/// Values worked out by hand from the authors' formula; equal to the bit, so they are compared with `==`.
@Suite("codeboost-reference is the authors' formula")
struct CodeBoostReferenceTests {
    static let well = Truth(stdout: "42\n")

    @Test(
        "a truth that ends well",
        arguments: [
            ("42", "", 0.775), ("41", "", 0.325), (nil, "", 0.275), ("42", nil, 0.50), (nil, nil, 0.0),
            ("41", nil, 0.05),
            ("42", "noise", 0.55), ("41", "noise", 0.1),
        ] as [(String?, String?, Double)])
    func endsWell(stdout: String?, stderr: String?, expected: Double) throws {
        #expect(try Sample.forward(Self.well, stdout: stdout, stderr: stderr).score("codeboost-reference") == expected)
    }

    @Test("a six-line traceback of which only the first line is given")
    func firstLine() throws {
        let sample = Sample.forward(dividing, stdout: "start", stderr: "Traceback (most recent call last):")
        #expect(try sample.score("codeboost-reference") == 0.5875)
    }

    @Test("a whole traceback")
    func whole() throws {
        #expect(
            try Sample.forward(dividing, stdout: "start", stderr: dividing.stderr).score("codeboost-reference") == 0.775
        )
    }

    @Test(
        "one newline more or less at one end is forgiven, and nothing else",
        arguments: [("42", 1.0), ("42\n", 1), ("\n42\n", 1), ("42\n\n", 1), ("\n42", 0), ("42 ", 0), ("42\n\n\n", 0)])
    func newlines(block: String, expected: Double) throws {
        let preset = try RewardPreset.load(name: "codeboost-reference")
        let task = CodeTask(id: "f", kind: .forward, language: "python", truth: Self.well)
        let extraction = Extraction(
            blocks: ["answer_stdout": block, "answer_stderr": ""], requiredBlocks: ["answer_stdout", "answer_stderr"])
        let result = preset.score(
            task: task, completion: Completion(text: ""), extraction: extraction,
            judgement: Judgement(verdict: .accepted))
        #expect(result.component("stdout_exact") == expected)
    }

    @Test("a backward answer is scored by what its run printed")
    func backward() throws {
        let task = CodeTask(
            id: "b", kind: .backward, language: "python", program: "print(42)", truth: Self.well,
            maskedLines: [MaskedLine(index: 0, original: "print(42)")])
        var sample = Sample(task: task, text: "```answer_MASKED_LINE_0\nprint(6 * 7)\n```")
        sample.judgement.shown = ExecutionRecord(verdict: .accepted, stdout: Array("42\n".utf8), exitCode: 0)
        #expect(try sample.score("codeboost-reference") == 0.775)
        sample.judgement.shown = nil
        #expect(try sample.score("codeboost-reference") == 0.1)
    }

    @Test("its maximum is 0.775")
    func maximum() throws {
        let preset = try RewardPreset.load(name: "codeboost-reference")
        #expect(preset.bounds(for: .forward) == 0...0.775)
    }
}
