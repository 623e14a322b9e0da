import Policy

/// Small models whose sizes fill no vector and no block, so that every edge is met.
enum TestConfigurations {
    static let plain = ModelConfiguration(
        vocabularySize: 97, hiddenSize: 32, layerCount: 2, headCount: 4, keyValueHeadCount: 2, headSize: 8,
        feedForwardSize: 48, contextLength: 512)
    static let odd = ModelConfiguration(
        vocabularySize: 61, hiddenSize: 30, layerCount: 2, headCount: 3, keyValueHeadCount: 1, headSize: 10,
        feedForwardSize: 43, contextLength: 512, normEpsilon: 1e-6, rotaryBase: 1000, tiesHead: false,
        hasAttentionBiases: true)
    static let wide = ModelConfiguration(
        vocabularySize: 300, hiddenSize: 72, layerCount: 1, headCount: 2, keyValueHeadCount: 2, headSize: 40,
        feedForwardSize: 100, contextLength: 512,
        rotaryScaling: RotaryScaling(
            factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 32),
        hasAttentionBiases: true)

    static let all = [plain, odd, wide]

    /// Parameters that are large enough for every part of the model to matter.
    static func parameters(_ configuration: ModelConfiguration, seed: UInt64 = 1) -> Parameters {
        let parameters = Parameters(ParameterLayout(configuration))
        var random = TestRandom(seed: seed)
        parameters.withAll { floats in
            for place in floats.indices { floats[place] = random.normal() * 0.25 }
        }
        for tensor in parameters.layout.tensors where tensor.name.hasSuffix("norm.weight") {
            parameters.withTensor(tensor.name) { floats in
                for place in floats.indices { floats[place] += 1 }
            }
        }
        return parameters
    }

    /// Groups whose prompts and completions have lengths from one token to more than a block.
    static func groups(_ configuration: ModelConfiguration, seed: UInt64 = 7) -> [TokenGroup] {
        var random = TestRandom(seed: seed)
        func text(_ count: Int) -> [Int32] {
            (0..<count).map { _ in Int32(random.next(below: configuration.vocabularySize)) }
        }
        return [
            TokenGroup(prompt: text(5), completions: [text(3), text(1), text(9)]),
            TokenGroup(prompt: text(1), completions: [text(2)]),
            TokenGroup(prompt: text(37), completions: [text(33), text(4), text(70)]),
        ]
    }
}
