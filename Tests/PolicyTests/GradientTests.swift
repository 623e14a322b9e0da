import Policy
import Testing

@Suite("Gradients") struct GradientTests {
    /// A loss with a weight of its own for every token's log-probability and entropy.
    private static func gradients(_ groups: [TokenGroup]) -> [[TokenGradients]] {
        var random = TestRandom(seed: 3)
        return groups.map { group in
            group.completions.map { completion in
                TokenGradients(
                    logProbabilities: completion.map { _ in random.normal() },
                    entropies: completion.map { _ in random.normal() * 0.3 })
            }
        }
    }

    private static func loss(
        _ reference: ReferenceModel, _ groups: [TokenGroup], _ gradients: [[TokenGradients]], temperature: Double
    ) -> Double {
        var loss = 0.0
        for (group, gradients) in zip(groups, gradients) {
            for (completion, gradient) in zip(group.completions, gradients) {
                let scores = reference.score(prompt: group.prompt, completion: completion, temperature: temperature)
                for (index, score) in scores.enumerated() {
                    loss += Double(gradient.logProbabilities[index]) * score.logProbability
                    loss += Double(gradient.entropies[index]) * score.entropy
                }
            }
        }
        return loss
    }

    @Test("agree with finite differences in every tensor", arguments: TestConfigurations.all)
    func differences(configuration: ModelConfiguration) throws {
        let parameters = TestConfigurations.parameters(configuration)
        let model = try PolicyModel(configuration, parameters: parameters, threads: 2)
        let groups = Array(TestConfigurations.groups(configuration).prefix(2))
        let gradients = Self.gradients(groups)
        try model.accumulateGradients(of: groups, temperature: 1.3, .known(gradients))
        var reference = ReferenceModel(configuration, parameters)
        var random = TestRandom(seed: 11)
        for tensor in parameters.layout.tensors {
            let found = model.gradients.withTensor(tensor.name) { Array($0) }
            let scale = Double(found.reduce(0) { max($0, abs($1)) })
            for _ in 0..<4 {
                let place = random.next(below: tensor.count)
                let value = reference[tensor.name][place]
                let step = 1e-5
                reference[tensor.name][place] = value + step
                let above = Self.loss(reference, groups, gradients, temperature: 1.3)
                reference[tensor.name][place] = value - step
                let below = Self.loss(reference, groups, gradients, temperature: 1.3)
                reference[tensor.name][place] = value
                let expected = (above - below) / (2 * step)
                #expect(
                    abs(Double(found[place]) - expected) < 1e-4 * max(1e-2, scale), "\(tensor.name)[\(place)]")
            }
        }
    }

    @Test("of an adapter agree with finite differences, and merging it changes nothing")
    func adapter() throws {
        let configuration = TestConfigurations.odd
        let parameters = TestConfigurations.parameters(configuration)
        let adapter = AdapterConfiguration(rank: 3, alpha: 5, modules: [.query, .value, .output, .up, .down])
        let model = try PolicyModel(configuration, parameters: parameters, adapter: adapter, adapterSeed: 5, threads: 2)
        let groups = Array(TestConfigurations.groups(configuration).prefix(2))
        let base = try PolicyModel(configuration, parameters: parameters, threads: 2)
        #expect(try model.score(groups) == base.score(groups))

        var random = TestRandom(seed: 2)
        model.trainable.withAll { floats in
            for place in floats.indices { floats[place] = random.normal() * 0.2 }
        }
        model.parametersChanged()
        let merged = try PolicyModel(configuration, parameters: model.merged(), threads: 2)
        #expect(try model.score(groups) == merged.score(groups))

        let gradients = Self.gradients(groups)
        try model.accumulateGradients(of: groups, .known(gradients))
        #expect(model.gradients.layout == model.trainable.layout)
        for tensor in model.trainable.layout.tensors {
            let found = model.gradients.withTensor(tensor.name) { Array($0) }
            let scale = Double(found.reduce(0) { max($0, abs($1)) })
            let place = random.next(below: tensor.count)
            func loss(_ step: Float) -> Double {
                model.trainable.withTensor(tensor.name) { $0[place] += step }
                let reference = Self.unmerged(configuration, parameters, adapter, model.trainable)
                model.trainable.withTensor(tensor.name) { $0[place] -= step }
                return Self.loss(reference, groups, gradients, temperature: 1)
            }
            let step: Float = 0x1p-10
            let expected = (loss(step) - loss(-step)) / Double(2 * step)
            #expect(abs(Double(found[place]) - expected) < 1e-3 * max(1e-2, scale), "\(tensor.name)[\(place)]")
        }
    }

    /// The model with its adapter, put together in double precision.
    private static func unmerged(
        _ configuration: ModelConfiguration, _ parameters: Parameters, _ adapter: AdapterConfiguration,
        _ low: Parameters
    ) -> ReferenceModel {
        var reference = ReferenceModel(configuration, parameters)
        for tensor in low.layout.tensors where tensor.name.hasSuffix("lora_A.weight") {
            let name = tensor.name.replacing(".lora_A.weight", with: "")
            let columns = tensor.shape[1]
            let a = low.withTensor(name + ".lora_A.weight") { $0.map(Double.init) }
            let b = low.withTensor(name + ".lora_B.weight") { $0.map(Double.init) }
            for row in 0..<b.count / adapter.rank {
                for column in 0..<columns {
                    var sum = 0.0
                    for place in 0..<adapter.rank { sum += b[row * adapter.rank + place] * a[place * columns + column] }
                    reference[name + ".weight"][row * columns + column] += Double(adapter.scale) * sum
                }
            }
        }
        return reference
    }

    @Test("are the same whether they are known or computed, kept or computed again, on one thread or on three")
    func ways() throws {
        let configuration = TestConfigurations.wide
        let parameters = TestConfigurations.parameters(configuration)
        let groups = TestConfigurations.groups(configuration)
        let gradients = Self.gradients(groups)
        func gradient(_ threads: Int, recomputes: Bool, _ loss: LossGradient) throws -> [Float] {
            let model = try PolicyModel(configuration, parameters: parameters, threads: threads)
            model.recomputesActivations = recomputes
            let scores = try model.accumulateGradients(of: groups, loss)
            #expect(try model.score(groups) == scores)
            return model.gradients.withAll { Array($0) }
        }
        let expected = try gradient(1, recomputes: false, .known(gradients))
        #expect(expected.contains { $0 != 0 })
        #expect(try gradient(3, recomputes: false, .known(gradients)) == expected)
        #expect(try gradient(2, recomputes: true, .known(gradients)) == expected)
        #expect(try gradient(2, recomputes: false, .computed { group, _ in gradients[group] }) == expected)
    }

    @Test("of a group are those of its completions one by one, and of passes of any size")
    func sharing() throws {
        let configuration = TestConfigurations.plain
        let parameters = TestConfigurations.parameters(configuration)
        let groups = TestConfigurations.groups(configuration)
        let gradients = Self.gradients(groups)
        let model = try PolicyModel(configuration, parameters: parameters, threads: 2)
        try model.accumulateGradients(of: groups, .known(gradients))
        let together = model.gradients.withAll { Array($0) }
        model.clearGradients()
        model.tokensPerPass = 8
        for (group, gradients) in zip(groups, gradients) {
            for (completion, gradient) in zip(group.completions, gradients) {
                try model.accumulateGradients(
                    of: [TokenGroup(prompt: group.prompt, completions: [completion])], .known([[gradient]]))
            }
        }
        let alone = model.gradients.withAll { Array($0) }
        let scale = together.reduce(0) { max($0, abs($1)) }
        #expect(zip(together, alone).allSatisfy { abs($0 - $1) < 1e-5 * scale })
    }

    @Test("skip completions that teach nothing")
    func skipped() throws {
        let configuration = TestConfigurations.plain
        let model = try PolicyModel(configuration, parameters: TestConfigurations.parameters(configuration), threads: 2)
        let group = TokenGroup(prompt: [1, 2, 3], completions: [[4, 5], [6]])
        let scores = try model.accumulateGradients(
            of: [group], .known([[TokenGradients(logProbabilities: [0, 0]), TokenGradients(logProbabilities: [1])]]))
        #expect(scores[0][0].logProbabilities.isEmpty)
        let whole = try model.score([group])
        #expect(scores[0][1] == whole[0][1])
    }

    @Test("that belong to other tokens are refused")
    func refused() throws {
        let configuration = TestConfigurations.plain
        let model = try PolicyModel(configuration, parameters: TestConfigurations.parameters(configuration), threads: 1)
        let group = TokenGroup(prompt: [1], completions: [[2, 3]])
        for gradients in [[], [[]], [[TokenGradients(logProbabilities: [1])]]] as [[[TokenGradients]]] {
            #expect(throws: PolicyError.self) { try model.accumulateGradients(of: [group], .known(gradients)) }
        }
    }
}
