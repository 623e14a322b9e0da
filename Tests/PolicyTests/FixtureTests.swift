import Foundation
import Policy
import TestSupport
import Testing

/// What PyTorch says; `scripts/oracle/policy-fixtures` wrote it.
@Suite("PyTorch's models") struct FixtureTests {
    struct Case: Decodable, CustomTestStringConvertible {
        struct Group: Decodable {
            var prompt: [Int32]
            var completions: [[Int32]]
        }
        struct Scores: Decodable {
            var logProbabilities: [Double]
            var entropies: [Double]
        }
        struct Gradient: Decodable {
            var norm: Double
            var projection: Double
            var elements: [Double]
        }
        var name: String
        var groups: [Group]
        var scores: [Scores]
        var gradients: [String: Gradient]
        var gradientNorms: [Double]
        var updated: [String: Double]

        var testDescription: String { name }

        var tokenGroups: [TokenGroup] { groups.map { TokenGroup(prompt: $0.prompt, completions: $0.completions) } }

        var configuration: ModelConfiguration {
            name == "llama" ? TestConfigurations.plain : TestConfigurations.odd
        }

        /// Every token has a weight of its own, for its log-probability and for the entropy.
        var tokenGradients: [[TokenGradients]] {
            var index = 0
            return groups.map { group in
                group.completions.map { completion in
                    let weights = completion.indices.map { Float(number(7 * (index + $0))) }
                    index += completion.count
                    return TokenGradients(logProbabilities: weights, entropies: weights.map { $0 * 0.1 })
                }
            }
        }
    }

    static let cases: [Case] = {
        let path = "\(PackageRoot.path)/Tests/PolicyTests/Fixtures/models.json"
        guard let data = FileManager.default.contents(atPath: path),
            let cases = try? JSONDecoder().decode([Case].self, from: data)
        else { return [] }
        return cases
    }()

    private static func model(_ fixture: Case) throws -> PolicyModel {
        let parameters = Parameters(ParameterLayout(fixture.configuration))
        for tensor in parameters.layout.tensors {
            parameters.withTensor(tensor.name) { floats in
                for place in floats.indices {
                    let value = Float(number(tensor.offset + place))
                    floats[place] = tensor.name.hasSuffix("norm.weight") ? 1 + value * 0.5 : value
                }
            }
        }
        return try PolicyModel(fixture.configuration, parameters: parameters, threads: 2)
    }

    @Test("are there") func present() { #expect(Self.cases.map(\.name) == ["llama", "qwen2"]) }

    @Test("score tokens as here", arguments: cases)
    func scores(fixture: Case) throws {
        let scores = try Self.model(fixture).score(fixture.tokenGroups)
        for (found, expected) in zip(scores.joined(), fixture.scores) {
            #expect(found.logProbabilities.count == expected.logProbabilities.count)
            for (found, expected) in zip(found.logProbabilities, expected.logProbabilities) {
                #expect(abs(Double(found) - expected) < 2e-5)
            }
            for (found, expected) in zip(found.entropies, expected.entropies) {
                #expect(abs(Double(found) - expected) < 2e-5)
            }
        }
    }

    @Test("have the gradients that are found here", arguments: cases)
    func gradients(fixture: Case) throws {
        let model = try Self.model(fixture)
        try model.accumulateGradients(of: fixture.tokenGroups, .known(fixture.tokenGradients))
        for tensor in model.gradients.layout.tensors {
            let expected = try #require(fixture.gradients[tensor.name])
            let found = model.gradients.withTensor(tensor.name) { $0.map(Double.init) }
            let norm = found.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let places = [0, tensor.count / 3, tensor.count - 1]
            #expect(abs(norm - expected.norm) < 2e-5 * expected.norm, "\(tensor.name)")
            #expect(abs(projection(found) - expected.projection) < 2e-5 * expected.norm, "\(tensor.name)")
            for (place, element) in zip(places, expected.elements) {
                #expect(abs(found[place] - element) < 2e-5 * expected.norm, "\(tensor.name)[\(place)]")
            }
        }
    }

    @Test("learn with AdamW as here", arguments: cases)
    func updates(fixture: Case) throws {
        let model = try Self.model(fixture)
        for expected in fixture.gradientNorms {
            try model.accumulateGradients(of: fixture.tokenGroups, .known(fixture.tokenGradients))
            let metrics = try model.update(learningRate: 0.01, AdamWSettings(weightDecay: 0.1), maximumNorm: 1)
            #expect(abs(Double(metrics.gradientNorm) - expected) < 1e-4 * expected)
        }
        for tensor in model.parameters.layout.tensors {
            let expected = try #require(fixture.updated[tensor.name])
            let found = model.parameters.withTensor(tensor.name) { projection($0.map(Double.init)) }
            // Where a gradient is as good as zero, its sign is what AdamW follows.
            #expect(abs(found - expected) < 2e-4 * Double(tensor.count).squareRoot(), "\(tensor.name)")
        }
    }
}

/// A number from -1/2 to 1/2 that depends on an index; the script has the same.
private func number(_ index: Int) -> Double { Double(UInt64(index) * 2_654_435_761 % (1 << 32)) / 0x1p32 - 0.5 }

private func projection(_ values: [Double]) -> Double {
    values.enumerated().reduce(0) { $0 + $1.element * number(3 * $1.offset + 1) }
}
