extension ModelConfiguration {
    /// Takes the sizes of a model from its GGUF file.
    ///
    /// - Throws: `ModelFileError` when one is missing or is none.
    public init(_ model: GGUFModel) throws(ModelFileError) {
        let file = model.file
        guard let embedding = model.shape(of: "model.embed_tokens.weight"), embedding.count == 2 else {
            throw file.bytes.error("has no 'token_embd.weight' of two dimensions")
        }
        let heads = try model.integer("attention.head_count")
        let hidden = try model.integer("embedding_length")
        let headSize = try model.optionalInteger("attention.key_length") ?? hidden / heads
        if let rotated = try model.optionalInteger("rope.dimension_count"), rotated != headSize {
            throw file.bytes.error("rotates \(rotated) of \(headSize) dimensions, which is not supported")
        }
        self.init(
            vocabularySize: embedding[0], hiddenSize: hidden, layerCount: try model.integer("block_count"),
            headCount: heads, keyValueHeadCount: try model.optionalInteger("attention.head_count_kv") ?? heads,
            headSize: headSize, feedForwardSize: try model.integer("feed_forward_length"),
            contextLength: try model.optionalInteger("context_length") ?? 2048,
            normEpsilon: Float(try model.optionalNumber("attention.layer_norm_rms_epsilon") ?? 1e-5),
            rotaryBase: Float(try model.optionalNumber("rope.freq_base") ?? 10_000), rotaryScaling: nil,
            tiesHead: model.shape(of: "lm_head.weight") == nil,
            hasAttentionBiases: model.shape(of: "model.layers.0.self_attn.q_proj.bias") != nil)
        rotaryStretch = try Self.stretch(model)
        if let divisors = model.rotaryDivisors { rotaryScaling = try scaling(divisors, model) }
    }

    /// By how much a file stretches all positions.
    ///
    /// - Throws: `ModelFileError` for the ways that change the attention as well, or depend on the length of a text.
    private static func stretch(_ model: GGUFModel) throws(ModelFileError) -> Float {
        let type = model.file.metadata["\(model.architecture).rope.scaling.type"]?.string
        // As in llama.cpp: a factor without a type is one of the linear kind, and older files have another name for it.
        let factor = try model.optionalNumber("rope.scaling.factor")
        let older = try model.optionalNumber("rope.scale_linear")
        switch type ?? "linear" {
        case "none": return 1
        case "linear": return Float(factor ?? older ?? 1)
        case let other:
            throw model.file.bytes.error(
                "scales its positions by '\(other)', which is not supported; none, linear and the one of Llama 3 are")
        }
    }

    /// The scaling of Llama 3 whose table of divisors a file holds.
    ///
    /// The table alone says what is computed, the numbers that it came from are in no entry; so those that all models of
    /// the family have are tried, and have to give the same table.
    ///
    /// - Throws: `ModelFileError` when it is another table.
    private func scaling(_ divisors: [Float], _ model: GGUFModel) throws(ModelFileError) -> RotaryScaling? {
        if divisors.allSatisfy({ $0 == 1 }) { return nil }
        let context = try model.optionalInteger("rope.scaling.original_context_length") ?? 8192
        let factor = divisors.max() ?? 1
        var tried = self
        tried.rotaryScaling = RotaryScaling(
            factor: factor, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: context)
        let isSame =
            divisors.count == headSize / 2 && headSize > 0 && factor.isFinite && factor >= 1
            && divisors.indices.allSatisfy { pair in
                let divisor = RotaryTable.frequency(of: pair, self) / RotaryTable.frequency(of: pair, tried)
                return abs(divisor - divisors[pair]) <= 1e-3 * divisor
            }
        guard isSame else {
            throw model.file.bytes.error("has a table 'rope_freqs.weight' that is not that of Llama 3")
        }
        return tried.rotaryScaling
    }
}
