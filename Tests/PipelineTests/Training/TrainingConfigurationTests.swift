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

    @Test(
        "that make no sense are refused with their place",
        arguments: [
            (#"{"stepz": 1}"#, "stepz"), (#"{"steps": -1}"#, "$.steps"), (#"{"algorithm": "ppo"}"#, "$.algorithm"),
            (#"{"preset": "big"}"#, "$.preset"), (#"{"scratch": {"heads": 3}}"#, "heads"),
            (#"{"adapter": {"modules": ["x"]}}"#, "modules"), (#"{"warm_start": {"target": 2}}"#, "target"),
            (#"{"temperature": 0}"#, "$.temperature"), ("[]", "object"),
        ])
    func refusals(text: String, place: String) {
        let error = #expect(throws: PipelineError.self) { try TrainingConfiguration(reading: JSONSource(text)) }
        #expect(error?.message.contains(place) == true, "\(error?.message ?? "")")
    }
}
