import Policy
import Testing

@testable import Pipeline

@Suite("Gradients that are no numbers")
struct BrokenUpdateTests {
    @Test("are left out, and end the run with a remedy when they are three in a row; the weights have not moved")
    func threeInARow() async throws {
        let scratch = try ScratchFolder()
        let (trainer, root) = try TrainingFixture.trainer(scratch, TrainingFixture.tasks(24))
        defer { root.shutdown() }
        let parameters = await trainer.policy.parameters
        let before = parameters.withAll { Array($0) }
        let group = TokenGroup(prompt: [1, 2], completions: [[3, 4]])
        func poison(_ value: Float) async throws -> Double {
            try await trainer.updateForTest(of: group, [TokenGradients(logProbabilities: [value, 1])])
        }
        #expect(try await poison(.nan).isNaN)
        #expect(try await poison(.infinity).isNaN)
        let error = await #expect(throws: PipelineError.self) { try await poison(.nan) }
        #expect(error?.message.contains("three updates in a row had no finite gradient") == true)
        #expect(error?.hint?.contains("lower learning_rate") == true)
        #expect(parameters.withAll { Array($0) } == before)
    }
}

extension Trainer {
    /// Gathers gradients and moves the weights against them.
    fileprivate func updateForTest(of group: TokenGroup, _ gradients: [TokenGradients]) throws -> Double {
        try policy.accumulateGradients(of: [group], .known([gradients]))
        return try update(1e-3)
    }
}
