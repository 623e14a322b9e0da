import JSON
import Policy
import Tasks
import Testing

@testable import Pipeline

@Suite("Gradients that are no numbers")
struct BrokenUpdateTests {
    @Test("are left out, and end the run with a remedy when they are three in a row; the weights have not moved")
    func threeInARow() async throws {
        let scratch = try ScratchFolder()
        let configuration = try TrainingConfiguration(reading: JSONSource(TrainingFixture.settings()))
        let rows = try TaskRow.read(scratch.file("tasks.jsonl", TrainingFixture.tasks(24)))
        let model = try ModelFixture.model(rows)
        let policy = try PolicyModel(model.configuration, parameters: model.parameters, threads: 1)
        let root = try TrainingFixture.root()
        defer { root.shutdown() }
        let preset = try CompositionRoot.preset(named: nil, file: nil)
        let pool = try TaskPool(rows, model: model, configuration: configuration)
        let trainer = try Trainer(
            configuration, model: model, policy: policy, feed: pool, heldOut: pool.heldOut,
            pipelines: { root.pipeline(preset) }, folder: RunFolder(path: scratch.path), resumes: false,
            observer: TrainingObserver())
        let before = model.parameters.withAll { Array($0) }
        let group = TokenGroup(prompt: [1, 2], completions: [[3, 4]])
        func poison(_ value: Float) async throws -> Double {
            try await trainer.updateForTest(of: group, [TokenGradients(logProbabilities: [value, 1])])
        }
        #expect(try await poison(.nan).isNaN)
        #expect(try await poison(.infinity).isNaN)
        let error = await #expect(throws: PipelineError.self) { try await poison(.nan) }
        #expect(error?.message.contains("three updates in a row had no finite gradient") == true)
        #expect(error?.hint?.contains("lower learning_rate") == true)
        #expect(model.parameters.withAll { Array($0) } == before)
    }
}

extension Trainer {
    /// Gathers gradients and moves the weights against them.
    fileprivate func updateForTest(of group: TokenGroup, _ gradients: [TokenGradients]) throws -> Double {
        try policy.accumulateGradients(of: [group], .known([gradients]))
        return try update(1e-3)
    }
}
