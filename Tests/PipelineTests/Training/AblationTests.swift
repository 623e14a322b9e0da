import Foundation
import JSON
import Tasks
import Testing

@testable import Pipeline

@Suite("An ablation", .timeLimit(.minutes(5)))
struct AblationTests {
    private static func run(_ folder: String) async throws -> AblationOutcome {
        let root = try TrainingFixture.root()
        defer { root.shutdown() }
        let run: AblationRun
        if Folder.exists(folder) {
            run = try .resumed(folder)
        } else {
            let settings = TrainingFixture.settings([
                "synthetic": ["count": 240, "failures": 0.3], "generation": ["errors": 0.3],
                "scratch": [
                    "vocabulary_size": 480, "hidden_size": 32, "layers": 1, "heads": 2, "key_value_heads": 1,
                    "feed_forward_size": 48, "context_length": 512,
                ],
                "max_completion_length": 96, "max_prompt_length": 384, "eval_tasks": 12, "steps": 2,
                "shown_rollouts": 8,
                "prompts_per_step": 8, "num_generations": 2,
                "warm_start": ["steps": 4, "batch_size": 8, "learning_rate": 5e-3],
            ])
            run = try .new(
                try TrainingConfiguration(reading: JSONSource(settings)), TrainingRun.Options(), seeds: 2,
                output: folder)
        }
        return try await run.run(root, jobs: 2, observer: TrainingObserver())
    }

    private static func tasks(_ folder: String, _ variant: AblationVariant) throws -> [CodeTask] {
        let path = AblationFolder(path: folder).run(variant, 0) + "/rollouts.jsonl"
        return try TrainingTests.lines(path).map { try CodeTask(reading: $0["task"] ?? .null) }
    }

    @Test("trains with each part switched off, on the same budget and the same tasks, and goes on where it was stopped")
    func whole() async throws {
        let scratch = try ScratchFolder()
        let folder = scratch.path + "/ablation"
        let outcome = try await Self.run(folder)
        let paths = AblationFolder(path: folder)
        let results = try JSONValue.parse(Array(outcome.json.utf8))
        let rows = try #require(results["variants"]?.array)
        #expect(rows.compactMap { $0["name"]?.string } == ["start"] + AblationVariant.allCases.map(\.rawValue))
        #expect(rows.allSatisfy { $0["sampled"]?["seeds"]?.array?.count == 2 })
        #expect(rows.dropFirst(2).allSatisfy { $0["sampled"]?["difference"]?["low"]?.double != nil })
        #expect(rows.dropFirst(2).allSatisfy { $0["difference_over_tasks"]?["mean"]?.double != nil })
        // The budget and the evaluation are the same for all.
        var heldOut: Set<[Bool]> = []
        for variant in AblationVariant.allCases {
            for seed in 0..<2 {
                let run = RunFolder(path: paths.run(variant, seed))
                let steps = try TrainingTests.lines(run.metrics)
                #expect(steps.count == 2 && steps.allSatisfy { $0["phase"]?.string == "policy" })
                let last = try #require(TrainingTests.lines(run.evaluations).last)
                heldOut.insert((last["shares"]?["sampled"]?.array ?? []).map { _ in true })
                // All of a seed begin with the same weights.
                let first = try #require(TrainingTests.lines(run.evaluations).first)
                let full = try #require(TrainingTests.lines(RunFolder(path: paths.run(.full, seed)).evaluations).first)
                #expect(first["shares"] == full["shares"])
            }
        }
        #expect(heldOut.count == 1 && heldOut.first?.isEmpty == false)
        try checkParts(folder)
        for name in ["table.md", "index.html"] {
            let text = try scratch.text("ablation/" + name)
            #expect(AblationVariant.allCases.allSatisfy { text.contains($0.title) }, "\(name)")
        }

        // As a kill leaves it: one run is not finished, and nothing was put together.
        let broken = paths.run(.forwardOnly, 1)
        let kept = try Self.changed(paths.run(.full, 0))
        try FileManager.default.removeItem(atPath: AblationFolder.outcome(broken))
        try FileManager.default.removeItem(atPath: paths.results)
        let again = try await Self.run(folder)
        #expect(again.json == outcome.json)
        #expect(try Self.changed(paths.run(.full, 0)) == kept)
    }

    /// What a part is for is there with it, and is not there without.
    private func checkParts(_ folder: String) throws {
        let paths = AblationFolder(path: folder)
        func snippets(_ path: String) throws -> Set<String> {
            Set(try TrainingTests.lines(path).compactMap { $0["code"]?.string })
        }
        let curated = try snippets(paths.curated)
        let random = try TrainingTests.lines(paths.random(0))
        #expect(try TrainingTests.lines(paths.curated).count == random.count)
        #expect(curated != Set(random.compactMap { $0["code"]?.string }))
        #expect(try Self.tasks(folder, .forwardOnly).allSatisfy { $0.kind == .forward })
        #expect(try Self.tasks(folder, .noFailures).allSatisfy { $0.truth?.isFailure == false })
        #expect(try Self.tasks(folder, .full).contains { $0.truth?.isFailure == true })
        let plain = try Self.tasks(folder, .noAugmentation).filter { $0.truth?.isFailure == false }
        #expect(!plain.isEmpty && plain.allSatisfy { curated.contains($0.program) })
        let summed = try RunFolder(path: paths.run(.summedReward, 0)).readConfiguration()
        let full = try RunFolder(path: paths.run(.full, 0)).readConfiguration()
        #expect(summed.algorithm == .grpo && full.algorithm == .gdpo)
        #expect(summed.rewardWeights == full.rewardWeights && summed.loss == full.loss)
    }

    private static func changed(_ run: String) throws -> Date? {
        let path = RunFolder(path: run).checkpoint
        return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }

    @Test("needs snippets, and a folder of its own")
    func refusals() throws {
        let scratch = try ScratchFolder()
        #expect(throws: PipelineError.self) {
            try AblationRun.new(TrainingConfiguration(), TrainingRun.Options(), seeds: 1, output: scratch.path + "/a")
        }
        #expect(throws: PipelineError.self) { try AblationRun.resumed(scratch.path) }
    }

    @Test("has Student's intervals over seeds")
    func intervals() throws {
        // 4.303 * sqrt(var / 3), with the variance 1 of three neighbours.
        let three = try #require(MeanInterval([1, 2, 3]))
        #expect(three.mean == 2 && abs((three.reach ?? 0) - 2.4843) < 1e-3)
        #expect(MeanInterval([1])?.reach == nil && MeanInterval([]) == nil)
        let many = try #require(MeanInterval((0..<1000).map { Double($0 % 2) }))
        #expect(abs((many.reach ?? 0) - 0.0310) < 1e-4 && many.isClear)
    }
}
