import LanguagePlugins
import Tasks
import Testing

@testable import Pipeline

@Suite("Answers that are scored while others are written", .timeLimit(.minutes(1)))
struct AnswerScorerTests {
    @Test("do not wait for the last of them, and stand in their places at the end")
    func overlap() async throws {
        let root = try TrainingFixture.root()
        defer { root.shutdown() }
        let (asked, asking) = AsyncStream.makeStream(of: Void.self)
        let preset = try CompositionRoot.preset(named: nil, file: nil)
        let pipeline = RewardPipeline(registry: try PluginRegistry.load(folders: []), preset: preset) {
            () throws(PipelineError) in
            asking.yield()
            return Judge(runner: try await root.root().runner)
        }
        let scorer = AnswerScorer<String>(pipeline: pipeline) { Completion(text: $0) }
        let task = CodeTask(
            id: "t", kind: .backward, language: "python", program: "x = 1\nprint(x)\n", truth: Truth(stdout: "1\n"),
            maskedLines: [MaskedLine(index: 0, original: "x = 1")])
        func answer(_ value: Int) -> String { "```answer_MASKED_LINE_0\nx = \(value)\n```" }
        let (items, feed) = AsyncStream.makeStream(of: AnswerScorer<String>.Item.self)
        async let scores = scorer.scores(items, of: [task, task], count: 1)
        feed.yield(.init(place: 1, number: 0, answer: answer(1)))
        // Were the first answer not being judged before the last one is there, this would wait for ever.
        for await _ in asked { break }
        feed.yield(.init(place: 0, number: 0, answer: answer(2)))
        feed.finish()
        let rows = try await scores.get()
        #expect(rows.map { $0.map(\.passed) } == [[false], [true]])
        #expect(rows.map { $0.map(\.text) } == [[answer(2)], [answer(1)]])
    }
}
