import JSON
import Policy
import Tokenization

@testable import Pipeline

/// A small model made from nothing.
enum ModelFixture {
    /// A model whose tokens are learnt from some tasks.
    static func model(_ rows: [TaskRow], vocabulary: Int = 300) throws -> LanguageModel {
        let description = ScratchTokenizer.description(rows, style: .compact, size: vocabulary)
        let tokenizer = try description.tokenizer()
        var shape = ScratchModel()
        (shape.hiddenSize, shape.layers, shape.heads, shape.keyValueHeads) = (32, 1, 2, 1)
        (shape.feedForwardSize, shape.contextLength) = (48, 256)
        let configuration = shape.configuration(vocabularySize: tokenizer.vocabularySize)
        let parameters = Parameters(ParameterLayout(configuration))
        parameters.randomize(seed: 1)
        return try LanguageModel(
            name: "small", configuration: configuration, parameters: parameters, tokenizer: tokenizer,
            tokenizerFile: description.json.serializedBytes(), jinja: nil, beginning: nil, ends: [])
    }
}
