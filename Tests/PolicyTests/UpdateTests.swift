import Foundation
import Policy
import Testing

@Suite("Updates") struct UpdateTests {
    private static let group = TokenGroup(prompt: [1, 2], completions: [[3, 4, 5]])

    @Test("follow AdamW's formulas for ten steps", arguments: [nil, 0.01] as [Float?])
    func adamW(maximumNorm: Float?) throws {
        let configuration = TestConfigurations.odd
        let parameters = TestConfigurations.parameters(configuration)
        let model = try PolicyModel(configuration, parameters: parameters, threads: 2)
        let settings = AdamWSettings(beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.1)
        var weights = parameters.withAll { $0.map(Double.init) }
        var (first, second) = (weights.map { _ in 0.0 }, weights.map { _ in 0.0 })
        for step in 1...10 {
            try model.accumulateGradients(
                of: [Self.group], .known([[TokenGradients(logProbabilities: [-1, 2, -0.5])]]))
            let gradients = model.gradients.withAll { $0.map(Double.init) }
            let norm = gradients.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let factor = min(1, maximumNorm.map { Double($0) / (norm + 1e-6) } ?? 1)
            let metrics = try model.update(learningRate: 0.003, settings, maximumNorm: maximumNorm)
            #expect(abs(Double(metrics.gradientNorm) - norm) < 1e-5 * norm)
            for tensor in parameters.layout.tensors {
                for place in tensor.offset..<tensor.offset + tensor.count {
                    let gradient = gradients[place] * factor
                    first[place] = 0.8 * first[place] + 0.2 * gradient
                    second[place] = 0.95 * second[place] + 0.05 * gradient * gradient
                    if tensor.shape.count > 1 { weights[place] *= 1 - 0.003 * 0.1 }
                    let root = (second[place] / (1 - pow(0.95, Double(step)))).squareRoot()
                    weights[place] -= 0.003 * first[place] / (1 - pow(0.8, Double(step))) / (root + 1e-6)
                }
            }
            let found = parameters.withAll { Array($0) }
            #expect(zip(found, weights).allSatisfy { abs(Double($0) - $1) < 1e-6 * max(1, abs($1)) })
            #expect(model.gradients.withAll { $0.allSatisfy { $0 == 0 } })
        }
        #expect(model.optimizer.step == 10)
    }

    @Test("refuse a gradient that is not finite, and change nothing")
    func broken() throws {
        let configuration = TestConfigurations.plain
        let parameters = TestConfigurations.parameters(configuration)
        let model = try PolicyModel(configuration, parameters: parameters, threads: 2)
        let before = parameters.withAll { Array($0) }
        try model.accumulateGradients(of: [Self.group], .known([[TokenGradients(logProbabilities: [.nan, 1, 1])]]))
        #expect(throws: PolicyError.self) { try model.update(learningRate: 1) }
        #expect(parameters.withAll { Array($0) } == before)
        #expect(model.optimizer.step == 0)
        try model.accumulateGradients(of: [Self.group], .known([[TokenGradients(logProbabilities: [1, 1, 1])]]))
        try model.update(learningRate: 1e-3)
    }

    @Test("teach a small model what it is shown", arguments: [nil, AdapterConfiguration(rank: 8, alpha: 16)])
    func learning(adapter: AdapterConfiguration?) throws {
        let configuration = ModelConfiguration.tiny(vocabularySize: 32)
        let parameters = Parameters(ParameterLayout(configuration))
        parameters.randomize(seed: 1)
        let model = try PolicyModel(configuration, parameters: parameters, adapter: adapter, threads: 2)
        let groups = (0..<4).map { number -> TokenGroup in
            let completion = (0..<6).map { place -> Int32 in Int32((place * 7 + number * 5) % 31 + 1) }
            return TokenGroup(prompt: [0, Int32(number + 1)], completions: [completion])
        }
        let gradients = groups.map { _ in [TokenGradients(logProbabilities: Array(repeating: -1 / 24, count: 6))] }
        for _ in 0..<(adapter == nil ? 30 : 120) {
            try model.accumulateGradients(of: groups, .known(gradients))
            try model.update(learningRate: adapter == nil ? 3e-3 : 1e-2)
        }
        let written = try model.sample(
            groups.map { SamplingPrompt(tokens: $0.prompt) }, SamplingParameters(temperature: 0, maximumTokens: 6))
        #expect(written.map { $0[0].tokens } == groups.map { $0.completions[0] })
    }

    @Test("take as long as the schedule says")
    func schedules() {
        let linear = LearningRateSchedule(.linear, warmupSteps: 10)
        #expect(linear.rate(step: 0, of: 110, base: 1) == 0)
        #expect(linear.rate(step: 5, of: 110, base: 1) == 0.5)
        #expect(linear.rate(step: 10, of: 110, base: 1) == 1)
        #expect(abs(linear.rate(step: 60, of: 110, base: 2) - 1) < 1e-6)
        #expect(linear.rate(step: 110, of: 110, base: 1) == 0)
        let cosine = LearningRateSchedule(.cosine)
        #expect(cosine.rate(step: 0, of: 100, base: 3) == 3)
        #expect(abs(cosine.rate(step: 50, of: 100, base: 3) - 1.5) < 1e-6)
        #expect(abs(cosine.rate(step: 25, of: 100, base: 2) - Float(1 + cos(Double.pi / 4))) < 1e-6)
        #expect(LearningRateSchedule().rate(step: 7, of: 10, base: 0.5) == 0.5)
    }
}
