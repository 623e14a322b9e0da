extension ModelConfiguration {
    /// Takes the sizes of a model from its GGUF file.
    ///
    /// - Throws: `ModelFileError` when one is missing or is none.
    public init(_ model: GGUFModel) throws(ModelFileError) {
        let file = model.file
        guard let embedding = model.shape(of: "model.embed_tokens.weight"), embedding.count == 2 else {
            throw file.bytes.error("has no 'token_embd.weight' of two dimensions")
        }
        if let scaling = file.metadata["\(model.architecture).rope.scaling.type"]?.string, scaling != "none" {
            throw file.bytes.error("scales its positions by '\(scaling)', which is not supported")
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
    }
}
