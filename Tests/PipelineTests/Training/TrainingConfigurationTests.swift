import JSON
import Policy
import Testing

@testable import Pipeline

@Suite("The settings of a training run")
struct TrainingConfigurationTests {
    @Test(
        "that come with the program are read, and written back the same", arguments: TrainingConfiguration.presetNames)
    func presets(name: String) throws {
        let configuration = try TrainingConfiguration(name)
        let text = JSONValue.object(configuration.json).serialized()
        #expect(try TrainingConfiguration(reading: JSONSource(text)) == configuration)
        #expect(configuration != TrainingConfiguration())
    }

    @Test("build on those of a preset")
    func building() throws {
        let text = #"{"preset": "quick", "steps": 7, "algorithm": "gspo", "epsilon_high": 0.5}"#
        let configuration = try TrainingConfiguration(reading: JSONSource(text))
        #expect(configuration.steps == 7 && configuration.promptStyle == .compact)
        #expect(configuration.loss.level == .sequence && configuration.loss.clipHigh == 0.5)
    }

    @Test("are taken away by null where there may be none")
    func absence() throws {
        let text = #"{"preset": "codeboost", "delta": null, "adapter": null, "max_grad_norm": null, "tasks": null}"#
        let configuration = try TrainingConfiguration(reading: JSONSource(text))
        #expect(configuration.loss.dualClip == nil && configuration.adapter == nil && configuration.maximumNorm == nil)
        #expect(try TrainingConfiguration("codeboost").loss.dualClip == 3)
    }

    @Test("have each a name of its own, and are read back when all of them are others")
    func everySetting() throws {
        let names = TrainingConfiguration.settings.map(\.name)
        #expect(Set(names).count == names.count)
        let text = """
            {"model": "m", "scratch": {"layers": 1}, "adapter": {"rank": 3, "modules": ["q_proj"]}, "tasks": "t", \
            "snippets": ["a", "b"], "synthetic": {"count": 3, "languages": "lua", "failures": 0.5}, \
            "generation": {"mix": {"input": 1}}, "held_out": "h", "held_out_share": 0.3, "prompt": "compact", "seed": 9, \
            "threads": 3, "steps": 4, "algorithm": "gdpo", "rewards": "tests", "reward_weights": {"stdout": 0.5}, \
            "epsilon": 0.1, "delta": 4, "overlong_buffer": 5, "warm_start": {"steps": 6, "target": 0.5}}
            """
        let configuration = try TrainingConfiguration(reading: JSONSource(text))
        #expect(configuration.loss.clipHigh == 0.1 && configuration.snippets == ["a", "b"])
        let written = JSONValue.object(configuration.json).serialized()
        #expect(try TrainingConfiguration(reading: JSONSource(written)) == configuration)
    }

    @Test(
        "that make no sense are refused with their place",
        arguments: [
            (#"{"stepz": 1}"#, "stepz"), (#"{"steps": -1}"#, "$.steps"), (#"{"algorithm": "ppo"}"#, "$.algorithm"),
            (#"{"preset": "big"}"#, "$.preset"), (#"{"scratch": {"heads": 3}}"#, "heads"),
            (#"{"adapter": {"modules": ["x"]}}"#, "modules"), (#"{"warm_start": {"target": 2}}"#, "target"),
            (#"{"temperature": 0}"#, "$.temperature"), ("[]", "object"),
            (#"{"generation": {"mixx": 1}}"#, "mixx"), (#"{"synthetic": {"count": -1}}"#, "count"),
            (#"{"synthetic": {"count": 1, "languages": "cobol"}}"#, "cobol"),
        ])
    func refusals(text: String, place: String) {
        let error = #expect(throws: PipelineError.self) { try TrainingConfiguration(reading: JSONSource(text)) }
        #expect(error?.message.contains(place) == true, "\(error?.message ?? "")")
    }
}
