import Foundation
import JSON
import Tasks
import Testing

@testable import Pipeline

@Suite("What is measured")
struct MeasuringTests {
    @Test("has Wilson's interval for one answer a task, and counts tasks for several")
    func intervals() {
        var single = PassRate()
        for number in 0..<100 { single.add(passes: number < 30 ? 1 : 0, attempts: 1, rewards: [0.5]) }
        #expect(abs(single.rate - 0.3) < 1e-12 && single.reward == 0.5)
        #expect(abs(single.interval.low - 0.2189) < 1e-4 && abs(single.interval.high - 0.3958) < 1e-4)
        var several = PassRate()
        for number in 0..<50 { several.add(passes: number % 2 == 0 ? 4 : 0, attempts: 4, rewards: []) }
        #expect(abs(several.interval.low - 0.36) < 1e-2 && abs(several.interval.high - 0.64) < 1e-2)
        #expect(PassRate().interval == (0, 1))
        var none = PassRate()
        for _ in 0..<60 { none.add(passes: 0, attempts: 2, rewards: []) }
        #expect(none.interval.low == 0 && abs(none.interval.high - 0.0602) < 1e-4)
    }

    @Test("counts no blank as the solution of a program that fails", arguments: [0.0, 0.5, 1.0])
    func failing(failure: Double) {
        let score = ScoreLine(
            id: "a", reward: 0.1, components: [.init(name: "failure", value: failure)], verdict: .accepted)
        let truth = Truth(stdout: "", stderr: "ValueError: bad\n", exitCode: 1, failure: Failure(type: "ValueError"))
        let task = CodeTask(id: "a", kind: .forward, language: "python", program: "raise", truth: truth)
        #expect(score.solves(task) == (failure == 1))
        var result = EvaluationResult()
        result.add(task, [score])
        #expect(result.failing.rate == (failure == 1 ? 1 : 0) && result.all.rate == result.failing.rate)
        var other = task
        other.truth = Truth(stdout: "1\n")
        #expect(score.solves(other))
    }

    @Test("gives pass@k without bias")
    func passAtK() {
        var rate = PassRate()
        rate.add(passes: 1, attempts: 4, rewards: [])
        // Of the six pairs of four answers three hold the right one.
        #expect(rate.pass(at: 1) == 0.25 && rate.pass(at: 2) == 0.5 && rate.pass(at: 4) == 1)
        #expect(rate.pass(at: 5) == nil)
    }

    @Test("is summed with the checksum of the format")
    func checksum() {
        // RFC 3720, appendix B.4.
        #expect(CyclicChecksum.of([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(CyclicChecksum.of([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(CyclicChecksum.of(Array(0..<32)) == 0x46DD_794E)
    }

    @Test("is shown line by line where it differs, and can be no markup")
    func difference() {
        let difference = LineDifference(expected: "a\n<b>\nc", actual: "a\nc\n<script>")
        #expect(difference.markup == "  a\n<del>- &lt;b&gt;</del>\n  c\n<ins>+ &lt;script&gt;</ins>")
        #expect(MarkupText.escaped("\"'&\u{202E}\u{7}") == "&quot;&#39;&amp;\\u{202e}\\u{7}")
    }

    @Test("draws nothing for a curve without points, and all values that are finite")
    func curves() {
        #expect(CurveChart(title: "x", curves: [.init(name: "a", points: [])]).markup == "")
        let curve = CurveChart.Curve(name: "a", points: [(0, 1), (1, .nan), (2, 3)])
        let markup = CurveChart(title: "<x>", curves: [curve]).markup
        #expect(markup.contains("&lt;x&gt;") && !markup.contains("nan"))
    }

    @Test(
        "asks a server that is named rightly", arguments: ["https://a", "http://", "http://a:0", "http://a b", "a:80"])
    func addresses(text: String) throws {
        #expect(throws: PipelineError.self) { try EndpointAddress(text) }
        let address = try EndpointAddress("http://[::1]:8000/v1/")
        #expect(address.host == "::1" && address.port == "8000" && address.path == "/v1/chat/completions")
    }

    @Test("learns from answers that are scored as right")
    func truths() {
        let forward = CodeTask(
            id: "a", kind: .forward, language: "python", program: "print(1)\n", truth: Truth(stdout: "1\n", stderr: "x")
        )
        let backward = CodeTask(
            id: "b", kind: .backward, language: "python", program: "  a\n  b\n", truth: Truth(stdout: ""),
            maskedLines: [MaskedLine(index: 1, original: "  b")])
        let input = CodeTask(id: "c", kind: .input, language: "python", call: "f(1, (2, 3))", truth: Truth(stdout: ""))
        for (task, expected) in [(forward, "1\n"), (backward, "  b"), (input, "1, (2, 3)")] {
            let text = TruthAnswer.text(task) ?? ""
            let extraction = AnswerFormat.extract(Completion(text: text), for: task)
            #expect(extraction.format == 1)
            let block = AnswerFormat.requiredBlocks(for: task)[0]
            #expect(Normaliser.normalise(extraction.blocks[block] ?? "") == Normaliser.normalise(expected))
        }
    }
}
