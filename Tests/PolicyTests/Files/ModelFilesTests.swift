import Foundation
import JSON
import Testing

@testable import Policy

@Suite("The files of a model")
struct ModelFilesTests {
    static let small = ModelConfiguration(
        vocabularySize: 11, hiddenSize: 8, layerCount: 2, headCount: 2, keyValueHeadCount: 1, headSize: 4,
        feedForwardSize: 12, contextLength: 64, normEpsilon: 1e-5, rotaryBase: 10_000, rotaryScaling: nil,
        tiesHead: true,
        hasAttentionBiases: false)

    @Test("hold a configuration that is read back the same", arguments: [false, true], [false, true])
    func configuration(ties: Bool, biases: Bool) throws {
        var configuration = Self.small
        configuration.tiesHead = ties
        configuration.hasAttentionBiases = biases
        if biases {
            configuration.rotaryStretch = 2.5
        } else {
            configuration.rotaryScaling = RotaryScaling(
                factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 32)
        }
        let text = configuration.json(beginning: 1, end: nil).serialized()
        #expect(try ModelConfiguration(reading: JSONSource(text)) == configuration)
    }

    @Test(
        "that ask for what is not computed here are refused",
        arguments: [
            (#""model_type":"llama""#, #""model_type":"gemma""#), (#""hidden_act":"silu""#, #""hidden_act":"gelu""#),
            (#""mlp_bias":false"#, #""mlp_bias":true"#), (#""hidden_size":8"#, #""hidden_size":-8"#),
            (#""attention_bias":false"#, #""attention_bias":true"#),
            (#""rope_type":"default""#, #""rope_type":"yarn""#),
            (#""vocab_size":11,"#, ""),
        ])
    func refusal(old: String, new: String) {
        let text = Self.small.json(beginning: nil, end: 1).serialized()
        #expect(text.contains(old))
        #expect(throws: ModelFileError.self) {
            try ModelConfiguration(reading: JSONSource(text.replacingOccurrences(of: old, with: new)))
        }
    }

    @Test("stretch positions as transformers does")
    func stretching() {
        var configuration = Self.small
        let plain = RotaryTable(configuration, positions: 32)
        configuration.rotaryStretch = 2
        let stretched = RotaryTable(configuration, positions: 64)
        for position in 0..<32 {
            for pair in 0..<2 {
                #expect(stretched.cosines(at: 2 * position)[pair] == plain.cosines(at: position)[pair])
                #expect(stretched.sines(at: 2 * position)[pair] == plain.sines(at: position)[pair])
            }
        }
    }

    @Test("hold weights that are read back the same, adapters too")
    func weights() throws {
        let folder = try SafetensorsTests.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let adapter = AdapterConfiguration(rank: 2, alpha: 4, modules: [.query, .down])
        for (layout, name) in [
            (ParameterLayout(Self.small), { $0 }), (ParameterLayout(adapter, of: Self.small), AdapterFiles.name(of:)),
        ] as [(ParameterLayout, (String) -> String)] {
            let written = Parameters(layout)
            written.randomize(seed: 3)
            var writer = SafetensorsWriter()
            writer.add(written, name: name)
            try writer.write(to: folder + "/model.safetensors")
            let file = try SafetensorsFile(folder + "/model.safetensors")
            let read = Parameters(layout)
            try read.load(file, name: name)
            #expect(read.withAll { Array($0) } == written.withAll { Array($0) })
            #expect(throws: ModelFileError.self) { try read.load(file) { "other." + $0 } }
        }
        let text = AdapterFiles.json(adapter, base: "x").serialized()
        #expect(try AdapterFiles.configuration(reading: JSONSource(text)) == adapter)
    }
}
