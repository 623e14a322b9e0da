import JSON
import Policy
import Tasks
import Testing

@testable import Pipeline

@Suite("The groups of a step")
struct RolloutGroupsTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    @Test("are counted where all their scores are the same, drawn anew as often as is said, then taken")
    func resampling() async throws {
        // At this temperature all answers to a task are one.
        let settings: JSONObject = ["temperature": 0.01, "resample_groups": 2]
        let (trainer, root) = try TrainingFixture.trainer(scratch, TrainingFixture.tasks(48), settings)
        defer { root.shutdown() }
        let (groups, drawn, dull) = try await trainer.groups()
        #expect(groups.count == 4 && drawn == 12 && dull == 12)
        #expect(groups.allSatisfy { $0.isDull && $0.rollouts.count == 4 })
        let figures = StepFigures(groups: groups, components: [], drawn: drawn, dull: dull, limit: 16, ends: [])
        #expect(figures.json["frac_reward_zero_std"]?.double == 1 && figures.json["reward_std"]?.double == 0)
    }

    @Test("learn nothing from answers that could not be scored, and count them apart")
    func unscorable() async throws {
        let tasks = TrainingFixture.tasks(24) + Self.lost(24)
        let (trainer, root) = try TrainingFixture.trainer(scratch, tasks, Self.fluent(["prompts_per_step": 16]))
        defer { root.shutdown() }
        try await trainer.warmStart()
        let (groups, drawn, dull) = try await trainer.groups()
        let rollouts = groups.flatMap(\.rollouts)
        let unknown = rollouts.count { $0.score.reward == nil }
        #expect(unknown > 0 && unknown < rollouts.count, "\(unknown) of \(rollouts.count)")
        let figures = StepFigures(groups: groups, components: [], drawn: drawn, dull: dull, limit: 16, ends: []).json
        let share = Double(unknown) / Double(rollouts.count)
        #expect(figures["reward/infra_error_frac"]?.double == share)
        #expect(figures["verdicts/internal_error"]?.integer == Int64(unknown))
        let known = rollouts.compactMap(\.score.reward)
        let mean = known.reduce(0, +) / Double(known.count)
        let found = try #require(figures["reward"]?.double)
        #expect(abs(found - mean) < 1e-12)
        let line = try await trainer.learn()
        let norm = try #require(line["grad_norm"]?.double)
        let lost = try #require(line["reward/infra_error_frac"]?.double)
        #expect(norm.isFinite && lost > 0)
    }

    @Test("end the run where none of their answers could be scored, and the weights have not moved")
    func nothingScored() async throws {
        let settings = Self.fluent(["temperature": 0.01])
        let (trainer, root) = try TrainingFixture.trainer(scratch, Self.lost(24), settings)
        defer { root.shutdown() }
        try await trainer.warmStart()
        let weights = { await trainer.policy.parameters.withAll { Array($0) } }
        let before = await weights()
        let error = await #expect(throws: PipelineError.self) { try await trainer.learn() }
        #expect(error?.message.contains("no rollout of the step could be scored") == true)
        #expect(error?.message.contains("klingon") == true && error?.hint?.contains("the last good state") == true)
        #expect(await weights() == before)
    }

    /// Settings with which a small model learns in seconds to give answers that could be run.
    private static func fluent(_ changes: JSONObject) -> JSONObject {
        var settings: JSONObject = [
            "max_completion_length": 24, "warm_start": ["steps": 120, "batch_size": 16, "learning_rate": 5e-3],
        ]
        for (name, value) in changes { settings[name] = value }
        return settings
    }

    /// Tasks in a language that nobody runs here, so that their answers get no verdict; that is our failure, and no score.
    private static func lost(_ count: Int) -> String {
        (0..<count).map { number in
            let task = CodeTask(
                id: "lost\(number)#0", kind: .backward, language: "klingon", program: "a\nb\(number)\n",
                truth: Truth(stdout: ""), maskedLines: [MaskedLine(index: 0, original: "a")])
            return JSONValue.object(["task": task.json]).serialized() + "\n"
        }.joined()
    }
}
