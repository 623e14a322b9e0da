import Policy
import Testing

@Suite("Scoring") struct ScoringTests {
    @Test("agrees with the same model in double precision", arguments: TestConfigurations.all)
    func reference(configuration: ModelConfiguration) throws {
        let parameters = TestConfigurations.parameters(configuration)
        let model = try PolicyModel(configuration, parameters: parameters, threads: 2)
        let reference = ReferenceModel(configuration, parameters)
        let groups = TestConfigurations.groups(configuration)
        for (group, scores) in zip(groups, try model.score(groups, temperature: 0.8)) {
            for (completion, score) in zip(group.completions, scores) {
                let expected = reference.score(prompt: group.prompt, completion: completion, temperature: 0.8)
                for (index, expected) in expected.enumerated() {
                    #expect(abs(Double(score.logProbabilities[index]) - expected.logProbability) < 5e-5)
                    #expect(abs(Double(score.entropies[index]) - expected.entropy) < 5e-5)
                }
            }
        }
    }

    @Test("gives the same bits on one thread and on three")
    func threads() throws {
        let configuration = TestConfigurations.odd
        let parameters = TestConfigurations.parameters(configuration)
        let groups = TestConfigurations.groups(configuration)
        let one = try PolicyModel(configuration, parameters: parameters, threads: 1).score(groups)
        let three = try PolicyModel(configuration, parameters: parameters, threads: 3).score(groups)
        #expect(one == three)
    }

    @Test("gives a completion the same bits alone and beside others of its prompt, in passes of any size")
    func batches() throws {
        let configuration = TestConfigurations.plain
        let model = try PolicyModel(configuration, parameters: TestConfigurations.parameters(configuration), threads: 2)
        let groups = TestConfigurations.groups(configuration)
        let together = try model.score(groups)
        model.tokensPerPass = 1
        #expect(try model.score(groups) == together)
        for (group, scores) in zip(groups, together) {
            for (completion, score) in zip(group.completions, scores) {
                #expect(try model.score([TokenGroup(prompt: group.prompt, completions: [completion])]) == [[score]])
            }
        }
    }

    @Test(
        "refuses what it cannot score",
        arguments: [
            (TokenGroup(prompt: [], completions: [[1]]), "nothing"),
            (TokenGroup(prompt: [1], completions: [[97]]), "97"),
            (TokenGroup(prompt: [-1], completions: []), "-1"),
            (TokenGroup(prompt: [1], completions: [Array(repeating: 1, count: 512)]), "context"),
        ])
    func refused(group: TokenGroup, message: String) throws {
        let configuration = TestConfigurations.plain
        let model = try PolicyModel(configuration, parameters: TestConfigurations.parameters(configuration), threads: 1)
        let error = #expect(throws: PolicyError.self) { try model.score([group]) }
        #expect(error?.description.contains(message) == true)
    }

    @Test("says that logits are not finite")
    func broken() throws {
        let configuration = TestConfigurations.plain
        let parameters = TestConfigurations.parameters(configuration)
        parameters.withTensor("model.norm.weight") { $0[3] = .nan }
        let model = try PolicyModel(configuration, parameters: parameters, threads: 1)
        #expect(throws: PolicyError.self) { try model.score([TokenGroup(prompt: [1], completions: [[2]])]) }
        #expect(throws: PolicyError.self) {
            try model.sample([SamplingPrompt(tokens: [1])], SamplingParameters(maximumTokens: 4))
        }
    }
}
