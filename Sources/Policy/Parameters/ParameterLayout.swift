/// Which tensors lie where in one flat buffer of parameters.
///
/// What is multiplied with the same input lies side by side: queries, keys and values are one matrix to whoever wants
/// them all, and so are gate and up.
public struct ParameterLayout: Sendable, Hashable {
    /// The tensors, one behind the other without gaps.
    public private(set) var tensors: [Tensor] = []
    /// Floats of all of them.
    public private(set) var count = 0
    private var places: [String: Int] = [:]

    /// The tensors of a model, under the names of transformers.
    public init(_ configuration: ModelConfiguration) {
        let width = configuration.hiddenSize
        append("model.embed_tokens.weight", [configuration.vocabularySize, width])
        for layer in 0..<configuration.layerCount {
            let prefix = "model.layers.\(layer)."
            func append(_ modules: [AdapterModule]) {
                for module in modules {
                    let shape = module.shape(configuration)
                    self.append(prefix + module.path + ".weight", [shape.out, shape.in])
                }
            }
            self.append(prefix + "input_layernorm.weight", [width])
            append([.query, .key, .value])
            if configuration.hasAttentionBiases {
                for module in [AdapterModule.query, .key, .value] {
                    self.append(prefix + module.path + ".bias", [module.shape(configuration).out])
                }
            }
            append([.output])
            self.append(prefix + "post_attention_layernorm.weight", [width])
            append([.gate, .up, .down])
        }
        append("model.norm.weight", [width])
        if !configuration.tiesHead { append("lm_head.weight", [configuration.vocabularySize, width]) }
    }

    /// The tensors of an adapter: `lora_A` is (rank, in), `lora_B` (out, rank).
    public init(_ adapter: AdapterConfiguration, of configuration: ModelConfiguration) {
        for layer in 0..<configuration.layerCount {
            for module in AdapterModule.allCases where adapter.modules.contains(module) {
                let shape = module.shape(configuration)
                let prefix = "model.layers.\(layer).\(module.path)"
                append("\(prefix).lora_A.weight", [adapter.rank, shape.in])
                append("\(prefix).lora_B.weight", [shape.out, adapter.rank])
            }
        }
    }

    /// The tensor of a name.
    public subscript(name: String) -> Tensor? { places[name].map { tensors[$0] } }

    /// Where a tensor begins that is known to be there.
    func offset(_ name: String) -> Int {
        guard let tensor = self[name] else { preconditionFailure("there is no tensor \(name)") }
        return tensor.offset
    }

    private mutating func append(_ name: String, _ shape: [Int]) {
        let count = shape.reduce(1, *)
        places[name] = tensors.count
        tensors.append(Tensor(name: name, shape: shape, offset: self.count, count: count))
        self.count += count
    }
}
