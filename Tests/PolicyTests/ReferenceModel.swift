import Foundation
import Policy

/// The same model written down plainly in double precision: one loop a formula, one sequence at a time.
struct ReferenceModel {
    let configuration: ModelConfiguration
    /// Every tensor by its name.
    var tensors: [String: [Double]]

    init(_ configuration: ModelConfiguration, _ parameters: Parameters) {
        self.configuration = configuration
        tensors = Dictionary(
            uniqueKeysWithValues: parameters.layout.tensors.map { tensor in
                (tensor.name, parameters.withTensor(tensor.name) { $0.map(Double.init) })
            })
    }

    /// A tensor that is known to be there.
    subscript(name: String) -> [Double] {
        get { tensors[name] ?? [] }
        set { tensors[name] = newValue }
    }

    /// Log-probabilities of the tokens of a completion, and entropies.
    func score(prompt: [Int32], completion: [Int32], temperature: Double = 1) -> [(
        logProbability: Double, entropy: Double
    )] {
        let logits = logits(prompt + completion.dropLast())
        return completion.enumerated().map { index, token in
            let row = logits[prompt.count - 1 + index].map { $0 / temperature }
            let most = row.max() ?? 0
            let logSum = most + log(row.reduce(0) { $0 + exp($1 - most) })
            return (row[Int(token)] - logSum, row.reduce(0) { $0 - exp($1 - logSum) * ($1 - logSum) })
        }
    }

    /// Logits of every place, (T, V).
    func logits(_ tokens: [Int32]) -> [[Double]] {
        let width = configuration.hiddenSize
        var stream = tokens.map { token in
            Array(self["model.embed_tokens.weight"][Int(token) * width..<(Int(token) + 1) * width])
        }
        for layer in 0..<configuration.layerCount {
            let name = "model.layers.\(layer)."
            let normed = stream.map { normalize($0, name + "input_layernorm.weight") }
            let heads = attend(
                turn(normed.map { apply(name + "self_attn.q_proj", $0) }),
                turn(normed.map { apply(name + "self_attn.k_proj", $0) }),
                normed.map { apply(name + "self_attn.v_proj", $0) })
            for row in stream.indices {
                stream[row] = zip(stream[row], apply(name + "self_attn.o_proj", heads[row])).map(+)
                let inner = normalize(stream[row], name + "post_attention_layernorm.weight")
                let gated = zip(apply(name + "mlp.gate_proj", inner), apply(name + "mlp.up_proj", inner))
                    .map { $0 / (1 + exp(-$0)) * $1 }
                stream[row] = zip(stream[row], apply(name + "mlp.down_proj", gated)).map(+)
            }
        }
        let head = configuration.tiesHead ? "model.embed_tokens" : "lm_head"
        return stream.map { apply(head, normalize($0, "model.norm.weight")) }
    }

    private func apply(_ name: String, _ x: [Double]) -> [Double] {
        let weight = self[name + ".weight"]
        let bias = tensors[name + ".bias"]
        return (0..<weight.count / x.count).map { row -> Double in
            var sum = bias?[row] ?? 0
            for place in x.indices { sum += weight[row * x.count + place] * x[place] }
            return sum
        }
    }

    private func normalize(_ x: [Double], _ name: String) -> [Double] {
        let square = x.reduce(0) { $0 + $1 * $1 } / Double(x.count)
        let inverse = 1 / (square + Double(configuration.normEpsilon)).squareRoot()
        return zip(x, self[name]).map { $0 * inverse * $1 }
    }

    private func turn(_ rows: [[Double]]) -> [[Double]] {
        let size = configuration.headSize
        return rows.enumerated().map { position, row in
            var turned = row
            for head in 0..<row.count / size {
                for pair in 0..<size / 2 {
                    let angle = Double(position) * frequency(pair)
                    let (a, b) = (head * size + pair, head * size + pair + size / 2)
                    turned[a] = row[a] * cos(angle) - row[b] * sin(angle)
                    turned[b] = row[b] * cos(angle) + row[a] * sin(angle)
                }
            }
            return turned
        }
    }

    private func frequency(_ pair: Int) -> Double {
        let plain = pow(Double(configuration.rotaryBase), -2 * Double(pair) / Double(configuration.headSize))
        guard let scaling = configuration.rotaryScaling else { return plain }
        let turns = Double(scaling.originalContextLength) * plain / (2 * Double.pi)
        let (low, high) = (Double(scaling.lowFrequencyFactor), Double(scaling.highFrequencyFactor))
        let share = min(1, max(0, (turns - low) / (high - low)))
        return plain * (share + (1 - share) / Double(scaling.factor))
    }

    private func attend(_ queries: [[Double]], _ keys: [[Double]], _ values: [[Double]]) -> [[Double]] {
        let size = configuration.headSize
        let shared = configuration.headCount / configuration.keyValueHeadCount
        return queries.indices.map { row in
            (0..<configuration.headCount).flatMap { head -> [Double] in
                let (first, from) = (head * size, head / shared * size)
                let scores = (0...row).map { other in
                    (0..<size).reduce(0) { $0 + queries[row][first + $1] * keys[other][from + $1] }
                        / Double(size).squareRoot()
                }
                let most = scores.max() ?? 0
                let powers = scores.map { exp($0 - most) }
                let sum = powers.reduce(0, +)
                return (0..<size).map { place in
                    (0...row).reduce(0) { $0 + powers[$1] / sum * values[$1][from + place] }
                }
            }
        }
    }
}
