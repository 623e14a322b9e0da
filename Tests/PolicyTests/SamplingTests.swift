import Foundation
import Policy
import Testing

@Suite("Sampling") struct SamplingTests {
    private static func model(_ configuration: ModelConfiguration, threads: Int = 2) throws -> PolicyModel {
        try PolicyModel(configuration, parameters: TestConfigurations.parameters(configuration), threads: threads)
    }

    private static func prompts(_ configuration: ModelConfiguration) -> [SamplingPrompt] {
        TestConfigurations.groups(configuration).enumerated().map { number, group in
            SamplingPrompt(tokens: group.prompt, completions: 4 - number, seed: UInt64(number + 40))
        }
    }

    @Test("gives the log-probabilities that scoring gives, to the bit", arguments: TestConfigurations.all)
    func scores(configuration: ModelConfiguration) throws {
        let model = try Self.model(configuration)
        let prompts = Self.prompts(configuration)
        let written = try model.sample(prompts, SamplingParameters(temperature: 0.9, maximumTokens: 50, batch: 5))
        let groups = zip(prompts, written).map { TokenGroup(prompt: $0.tokens, completions: $1.map(\.tokens)) }
        for (completions, scores) in zip(written, try model.score(groups, temperature: 0.9)) {
            #expect(completions.map(\.logProbabilities) == scores.map(\.logProbabilities))
            #expect(completions.allSatisfy { $0.finish == .length && $0.tokens.count == 50 })
        }
    }

    @Test("draws the same tokens from a seed, whatever else is drawn, on any number of threads")
    func seeds() throws {
        let configuration = TestConfigurations.odd
        let prompts = Self.prompts(configuration)
        let parameters = SamplingParameters(maximumTokens: 20, stopTokens: [3, 4, 5])
        let together = try Self.model(configuration).sample(prompts, parameters)
        #expect(Set(together.joined().map(\.tokens)).count > 6)
        for threads in [1, 3] {
            let model = try Self.model(configuration, threads: threads)
            var few = parameters
            few.batch = 2
            #expect(try model.sample(prompts, few) == together)
            for (prompt, completions) in zip(prompts, together) {
                #expect(try model.sample([prompt], parameters) == [completions])
            }
        }
    }

    @Test("takes the greatest logit at temperature 0")
    func greedy() throws {
        let configuration = TestConfigurations.wide
        let model = try Self.model(configuration)
        let reference = ReferenceModel(configuration, model.parameters)
        let prompt = TestConfigurations.groups(configuration)[0].prompt
        let written = try model.sample(
            [SamplingPrompt(tokens: prompt)], SamplingParameters(temperature: 0, maximumTokens: 12))[0][0]
        var tokens = prompt
        for token in written.tokens {
            let logits = reference.logits(tokens)[tokens.count - 1]
            #expect(logits.firstIndex(of: logits.max() ?? 0) == Int(token))
            tokens.append(token)
        }
    }

    @Test("ends at a stop token, which belongs to the completion")
    func stops() throws {
        let configuration = TestConfigurations.plain
        let written = try Self.model(configuration).sample(
            [SamplingPrompt(tokens: [1, 2], completions: 50)],
            SamplingParameters(maximumTokens: 200, stopTokens: Set(0..<20), batch: 7))
        for completion in written[0] {
            #expect(completion.tokens.dropLast().allSatisfy { $0 >= 20 })
            #expect((completion.finish == .stop) == ((completion.tokens.last ?? 99) < 20))
            #expect(completion.tokens.count == completion.logProbabilities.count)
        }
        #expect(written[0].count { $0.finish == .stop } > 40)
    }

    @Test("ends everything when the caller has enough")
    func stopped() throws {
        let configuration = TestConfigurations.plain
        var calls = 0
        let written = try Self.model(configuration).sample(
            [SamplingPrompt(tokens: [1], completions: 6)], SamplingParameters(maximumTokens: 5, batch: 2)
        ) { _, _, completion in
            calls += 1
            #expect(completion.tokens.count == 5)
            return calls < 2
        }
        #expect(written[0].count { $0.finish == .length } == 2)
        #expect(written[0].count { $0.finish == .stopped } == 4)
    }

    @Test(
        "draws tokens as often as they are likely",
        arguments: [
            SamplingParameters(maximumTokens: 1), SamplingParameters(temperature: 0.5, maximumTokens: 1),
            SamplingParameters(topP: 0.7, maximumTokens: 1), SamplingParameters(topK: 5, maximumTokens: 1),
            SamplingParameters(temperature: 2, topP: 0.9, topK: 12, maximumTokens: 1),
        ])
    func frequencies(parameters: SamplingParameters) throws {
        let configuration = TestConfigurations.plain
        let model = try Self.model(configuration)
        let draws = 20_000
        let written = try model.sample([SamplingPrompt(tokens: [5, 6, 7], completions: draws, seed: 9)], parameters)[0]
        let all = try model.score(
            [TokenGroup(prompt: [5, 6, 7], completions: (0..<Int32(configuration.vocabularySize)).map { [$0] })],
            temperature: parameters.temperature)[0].map { exp(Double($0.logProbabilities[0])) }
        let expected = Self.cut(all, parameters)
        var counts = Array(repeating: 0, count: all.count)
        for completion in written { counts[Int(completion.tokens[0])] += 1 }
        var (statistic, degrees) = (0.0, 0.0)
        for (count, probability) in zip(counts, expected) {
            if probability == 0 { #expect(count == 0) }
            let mean = probability * Double(draws)
            guard mean >= 5 else { continue }
            statistic += (Double(count) - mean) * (Double(count) - mean) / mean
            degrees += 1
        }
        // Six deviations of a chi-square.
        #expect(degrees > 2 && statistic < degrees + 6 * (2 * degrees).squareRoot())
    }

    /// What top-k and then top-p leave, as published.
    private static func cut(_ probabilities: [Double], _ parameters: SamplingParameters) -> [Double] {
        var order = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
        if parameters.topK > 0 { order = Array(order.prefix(parameters.topK)) }
        let mass = order.reduce(0) { $0 + probabilities[$1] }
        var sum = 0.0
        var kept: [Int] = []
        for token in order where sum < Double(parameters.topP) * mass || parameters.topP == 1 {
            kept.append(token)
            sum += probabilities[token]
        }
        var cut = probabilities.map { _ in 0.0 }
        for token in kept { cut[token] = probabilities[token] / sum }
        return cut
    }

    @Test("with bytes for weights stays close to the policy")
    func bytes() throws {
        let configuration = TestConfigurations.wide
        let parameters = Parameters(ParameterLayout(configuration))
        parameters.randomize(seed: 4)
        let model = try PolicyModel(configuration, parameters: parameters, threads: 2)
        let prompts = Self.prompts(configuration)
        let written = try model.sample(prompts, SamplingParameters(maximumTokens: 30, precision: .int8))
        let groups = zip(prompts, written).map { TokenGroup(prompt: $0.tokens, completions: $1.map(\.tokens)) }
        for (completions, scores) in zip(written, try model.score(groups)) {
            for (completion, score) in zip(completions, scores) {
                #expect(completion.logProbabilities != score.logProbabilities)
                #expect(zip(completion.logProbabilities, score.logProbabilities).allSatisfy { abs($0 - $1) < 0.02 })
            }
        }
    }

    @Test(
        "refuses what it cannot draw with",
        arguments: [
            SamplingParameters(temperature: -1, maximumTokens: 1), SamplingParameters(topP: 0, maximumTokens: 1),
            SamplingParameters(topK: -1, maximumTokens: 1), SamplingParameters(maximumTokens: 0),
            SamplingParameters(maximumTokens: 512), SamplingParameters(maximumTokens: 1, batch: 0),
        ])
    func refused(parameters: SamplingParameters) throws {
        let model = try Self.model(TestConfigurations.plain, threads: 1)
        #expect(throws: PolicyError.self) { try model.sample([SamplingPrompt(tokens: [1])], parameters) }
    }
}
