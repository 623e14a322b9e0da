import Foundation
import JSON
import Policy
import Testing
import Tokenization

@testable import Pipeline

@Suite("A training run")
struct TrainingTests {
    static func folder() throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/retort-training-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    static func lines(_ path: String) throws -> [JSONValue] {
        let text = try Data(contentsOf: URL(filePath: path))
        return try text.split(separator: 0x0A).map { try JSONValue.parse(Array($0)) }
    }

    @Test("leaves settings, measurements, a model that is read again, and a page", .timeLimit(.minutes(5)))
    func whole() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await TrainingFixture.train(folder, run: "run", settings: TrainingFixture.settings())
        let run = "\(folder)/run"
        let metrics = try Self.lines("\(run)/metrics.jsonl")
        #expect(metrics.count { $0["phase"]?.string == "warm_start" } == 30)
        let steps = metrics.filter { $0["phase"]?.string == "policy" }
        #expect(steps.compactMap { $0["step"]?.integer } == [1, 2, 3, 4])
        for name in [
            "reward", "reward_std", "rewards/stdout/mean", "frac_reward_zero_std", "kl", "entropy", "loss",
            "learning_rate", "grad_norm", "epoch", "num_tokens", "step_time", "completions/mean_length",
            "completions/clipped_ratio", "clip_ratio/region_mean", "sampling/sampling_logp_difference/mean",
        ] { #expect(steps.last?[name]?.double != nil, "\(name)") }
        // What was learnt from answers shows before the first score.
        let first = try #require(metrics.first?["loss"]?.double)
        let last = try #require(metrics.last { $0["phase"]?.string == "warm_start" }?["loss"]?.double)
        #expect(last < first / 2)
        #expect(try Self.lines("\(run)/evaluations.jsonl").compactMap { $0["step"]?.integer } == [0, 2, 4])
        let model = try ModelStore.load("\(run)/model")
        #expect(model.configuration.layerCount == 1 && model.template == .chatML)
        let page = try RunPage(folder: run).html
        #expect(page.contains("<svg") && !page.contains("<script"))
        let error = #expect(throws: PipelineError.self) { try RunFolder.new(run) }
        #expect(error?.message.contains("holds a run already") == true)
    }

    @Test("that was stopped and taken up is, byte for byte, the run that was not", .timeLimit(.minutes(5)))
    func resuming() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let settings = TrainingFixture.settings(["curriculum": true, "save_steps": 2])
        try await TrainingFixture.train(folder, run: "whole", settings: settings)
        try await TrainingFixture.train(folder, run: "parts", settings: settings, steps: 2)
        // A line that a kill left behind its checkpoint.
        let path = "\(folder)/parts/metrics.jsonl"
        let metrics = try String(contentsOfFile: path, encoding: .utf8)
        try (metrics + "{\"phase\":\"policy\",\"step\":3,\"los").write(toFile: path, atomically: true, encoding: .utf8)
        try await TrainingFixture.resume(folder, run: "parts", steps: 4)
        for name in ["checkpoint.safetensors", "model/model.safetensors", "evaluations.jsonl"] {
            let whole = try Data(contentsOf: URL(filePath: "\(folder)/whole/\(name)"))
            #expect(try Data(contentsOf: URL(filePath: "\(folder)/parts/\(name)")) == whole, "\(name)")
        }
        let steps = try Self.lines(path).filter { $0["phase"]?.string == "policy" }
        #expect(steps.compactMap { $0["step"]?.integer } == [1, 2, 3, 4])
    }

    @Test(
        "goes its way with every algorithm, adapters, corrections and references",
        .timeLimit(.minutes(3)), arguments: Algorithm.allCases.map(\.rawValue) + ["adapter", "iterations"])
    func algorithms(name: String) async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var changes: JSONObject = ["steps": 2, "beta": 0.05, "resample_groups": 1, "overlong_buffer": 4]
        switch name {
        case "adapter": changes["adapter"] = ["rank": 2, "alpha": 4]
        case "iterations":
            for (key, value) in [
                "num_iterations": 2, "mini_batches": 2, "entropy_coef": 0.01, "importance_correction": "sequence_mask",
                "int8_rollouts": true, "mask_truncated_completions": true,
            ] as JSONObject { changes[key] = value }
        default: changes["algorithm"] = .string(name)
        }
        try await TrainingFixture.train(folder, run: "run", settings: TrainingFixture.settings(changes))
        let steps = try Self.lines("\(folder)/run/metrics.jsonl").filter { $0["phase"]?.string == "policy" }
        #expect(steps.count == 2)
        #expect(steps.allSatisfy { $0["grad_norm"]?.double != nil && $0["loss"]?.double != nil })
    }

    @Test("with weights for what its reward does not measure is refused, and with others learns from their sum")
    func rewardWeights() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let wrong = TrainingFixture.settings(["reward_weights": ["stdoutt": 1]])
        let error = await #expect(throws: PipelineError.self) {
            try await TrainingFixture.train(folder, run: "wrong", settings: wrong)
        }
        #expect(error?.message.contains("'stdoutt', which is no component of 'codeboost'") == true)
        let summed = TrainingFixture.settings(["reward_weights": ["stdout": 2, "format": 0.5], "steps": 1])
        try await TrainingFixture.train(folder, run: "summed", settings: summed)
        let step = try #require(
            try Self.lines("\(folder)/summed/metrics.jsonl").last { $0["phase"]?.string == "policy" })
        func mean(_ name: String) -> Double { step["rewards/\(name)/mean"]?.double ?? .nan }
        #expect(abs((step["reward"]?.double ?? 0) - 2 * mean("stdout") - 0.5 * mean("format")) < 1e-9)
    }

    @Test("whose state cannot be written keeps the last one, and says so")
    func fullDisk() throws {
        let configuration = ModelConfiguration.tiny(vocabularySize: 300)
        let policy = try PolicyModel(configuration, parameters: Parameters(ParameterLayout(configuration)))
        #expect(throws: PipelineError.self) { try Checkpoint().write(to: "/dev/full/checkpoint", policy) }
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/checkpoint"
        var state = Checkpoint()
        state.phase = .policy
        state.step = 7
        state.attempts = [1, 2]
        state.passes = [0, 1]
        policy.optimizer.step = 9
        try state.write(to: path, policy)
        policy.optimizer.step = 0
        let read = try Checkpoint(reading: path, into: policy)
        #expect(read.step == 7 && read.attempts == [1, 2] && policy.optimizer.step == 9)
        try Data([1, 2, 3]).write(to: URL(filePath: path))
        #expect(throws: PipelineError.self) { try Checkpoint(reading: path, into: policy) }
    }
}
