import Foundation
import Policy
import Testing

/// What PyTorch in double precision says about SmolLM2; `make oracle` computes it and names the folder.
@Suite("SmolLM2 in PyTorch", .enabled(if: oracleFolder != nil, "make oracle computes what this compares with"))
struct OracleTests {
    private struct Expected: Decodable {
        var tokens: [Int32]
        var places: [Int]
        var logProbabilities: [Double]
        var question: [Int32]
        var answer: [Int32]
    }

    private static let configuration = ModelConfiguration(
        vocabularySize: 49152, hiddenSize: 576, layerCount: 30, headCount: 9, keyValueHeadCount: 3, headSize: 64,
        feedForwardSize: 1536, contextLength: 8192, normEpsilon: 1e-5, rotaryBase: 100_000)

    private static func floats(_ name: String) throws -> [Float] {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(oracleFolder ?? "")/\(name)"))
        return data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }

    @Test("has the logits, log-probabilities, greedy tokens and gradients that are found here")
    func everything() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(oracleFolder ?? "")/expected.json"))
        let expected = try JSONDecoder().decode(Expected.self, from: data)
        let parameters = Parameters(ParameterLayout(Self.configuration))
        let numbers = try Self.floats("parameters.f32")
        try #require(numbers.count == parameters.layout.count)
        parameters.withAll { _ = $0.update(from: numbers) }
        let model = try PolicyModel(Self.configuration, parameters: parameters)

        let logits = try Self.floats("logits.f32")
        let found = try model.logits(after: expected.places.map { Array(expected.tokens[...$0]) })
        let logitError = zip(found.joined(), logits).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
        #expect(logitError < 3e-4)

        let group = TokenGroup(prompt: [expected.tokens[0]], completions: [Array(expected.tokens.dropFirst())])
        let count = group.completions[0].count
        let gradient = TokenGradients(logProbabilities: Array(repeating: -1 / Float(count), count: count))
        let scores = try model.accumulateGradients(of: [group], .known([[gradient]]))[0][0]
        let scoreError = zip(scores.logProbabilities, expected.logProbabilities)
            .reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
        #expect(scoreError < 2e-4)

        let gradients = try Self.floats("gradients.f32")
        var gradientError = 0.0
        for tensor in parameters.layout.tensors {
            let error = model.gradients.withTensor(tensor.name) { found -> Double in
                var (difference, length) = (0.0, 0.0)
                for (place, value) in found.enumerated() {
                    let expected = Double(gradients[tensor.offset + place])
                    difference += (Double(value) - expected) * (Double(value) - expected)
                    length += expected * expected
                }
                return (difference / length).squareRoot()
            }
            #expect(error < 2e-3, "\(tensor.name)")
            gradientError = max(gradientError, error)
        }

        let answer = try model.sample(
            [SamplingPrompt(tokens: expected.question)], SamplingParameters(temperature: 0, maximumTokens: 64))[0][0]
        #expect(answer.tokens == expected.answer)
        print(
            "SmolLM2 against double precision: logits \(logitError), log-probabilities \(scoreError), "
                + "gradients \(gradientError) of a tensor's length at most, \(answer.tokens.count) greedy tokens equal")
    }
}

private let oracleFolder = ProcessInfo.processInfo.environment["RETORT_ORACLE"]
