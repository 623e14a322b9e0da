public import JSON

extension ModelConfiguration {
    /// Reads a file `config.json` as transformers writes it for the model types `llama` and `qwen2`.
    ///
    /// - Throws: `ModelFileError` for another type of model, and for what is not computed here.
    public init(reading source: JSONSource) throws(ModelFileError) {
        do throws(JSONError) {
            try self.init(JSONFields(source.parse(), source: source))
        } catch {
            throw ModelFileError(error.description)
        }
    }

    private init(_ fields: JSONFields) throws(JSONError) {
        let type = try fields.string("model_type")
        guard type == "llama" || type == "qwen2" else {
            throw fields.error("'\(type)' is not known; llama and qwen2 are", at: "model_type")
        }
        if let activation = try fields.optionalString("hidden_act"), activation != "silu" {
            throw fields.error("'\(activation)' is not known; silu is", at: "hidden_act")
        }
        for name in ["mlp_bias", "use_sliding_window"] where try fields.optionalBool(name) == true {
            throw fields.error("is not supported", at: name)
        }
        if type == "llama", try fields.optionalBool("attention_bias") == true {
            throw fields.error("is not supported for llama, whose output would have one too", at: "attention_bias")
        }
        let hidden = try Self.size("hidden_size", fields)
        let heads = try Self.size("num_attention_heads", fields)
        // Newer files keep the base in an object beside the scaling, older ones keep both apart.
        let scaling = try fields.optionalObject("rope_scaling")
        let parameters = try fields.optionalObject("rope_parameters")
        let rotary = parameters ?? scaling
        let rotaryBase = try fields.optionalDouble("rope_theta")
        let rotaryBaseBeside = try rotary?.optionalDouble("rope_theta")
        self.init(
            vocabularySize: try Self.size("vocab_size", fields), hiddenSize: hidden,
            layerCount: try Self.size("num_hidden_layers", fields), headCount: heads,
            keyValueHeadCount: try Self.optionalSize("num_key_value_heads", fields) ?? heads,
            headSize: try Self.optionalSize("head_dim", fields) ?? hidden / heads,
            feedForwardSize: try Self.size("intermediate_size", fields),
            contextLength: try Self.optionalSize("max_position_embeddings", fields) ?? 2048,
            normEpsilon: Float(try fields.optionalDouble("rms_norm_eps") ?? 1e-6),
            rotaryBase: Float(rotaryBase ?? rotaryBaseBeside ?? 10_000),
            rotaryScaling: try Self.scaling(rotary),
            tiesHead: try fields.optionalBool("tie_word_embeddings") ?? false,
            hasAttentionBiases: type == "qwen2")
        if let rotary, try Self.scalingType(rotary) == "linear" {
            let factor = Float(try rotary.double("factor"))
            guard factor > 0, factor.isFinite else { throw rotary.error("is no number above 0", at: "factor") }
            rotaryStretch = factor
        }
    }

    /// The file `config.json` that transformers reads.
    ///
    /// - Parameters:
    ///   - beginning: The token that begins a text.
    ///   - end: The token that ends one.
    public func json(beginning: Int32?, end: Int32?) -> JSONValue {
        var rotary: JSONObject = ["rope_type": "default", "rope_theta": .number(Double(rotaryBase))]
        if rotaryStretch != 1 {
            rotary["rope_type"] = "linear"
            rotary["factor"] = .number(Double(rotaryStretch))
        }
        if let scaling = rotaryScaling {
            rotary["rope_type"] = "llama3"
            rotary["factor"] = .number(Double(scaling.factor))
            rotary["low_freq_factor"] = .number(Double(scaling.lowFrequencyFactor))
            rotary["high_freq_factor"] = .number(Double(scaling.highFrequencyFactor))
            rotary["original_max_position_embeddings"] = .integer(Int64(scaling.originalContextLength))
        }
        func token(_ id: Int32?) -> JSONValue { id.map { .integer(Int64($0)) } ?? .null }
        return [
            "architectures": [.string(hasAttentionBiases ? "Qwen2ForCausalLM" : "LlamaForCausalLM")],
            "model_type": .string(hasAttentionBiases ? "qwen2" : "llama"), "torch_dtype": "float32",
            "vocab_size": .integer(Int64(vocabularySize)), "hidden_size": .integer(Int64(hiddenSize)),
            "num_hidden_layers": .integer(Int64(layerCount)), "num_attention_heads": .integer(Int64(headCount)),
            "num_key_value_heads": .integer(Int64(keyValueHeadCount)), "head_dim": .integer(Int64(headSize)),
            "intermediate_size": .integer(Int64(feedForwardSize)), "hidden_act": "silu",
            "max_position_embeddings": .integer(Int64(contextLength)), "rms_norm_eps": .number(Double(normEpsilon)),
            // Both spellings: older readers know the first alone, newer ones the second.
            "rope_theta": .number(Double(rotaryBase)),
            "rope_scaling": rotary["rope_type"] == "default" ? nil : .object(rotary),
            "rope_parameters": .object(rotary), "attention_bias": false, "mlp_bias": false,
            "tie_word_embeddings": .bool(tiesHead), "bos_token_id": token(beginning), "eos_token_id": token(end),
        ]
    }

    // MARK: -

    private static func scaling(_ fields: JSONFields?) throws(JSONError) -> RotaryScaling? {
        guard let fields else { return nil }
        switch try scalingType(fields) {
        case "default", "linear": return nil
        case "llama3":
            return RotaryScaling(
                factor: Float(try fields.double("factor")),
                lowFrequencyFactor: Float(try fields.double("low_freq_factor")),
                highFrequencyFactor: Float(try fields.double("high_freq_factor")),
                originalContextLength: try size("original_max_position_embeddings", fields))
        default: throw fields.error("is not known; default, linear and llama3 are", at: "rope_type")
        }
    }

    private static func scalingType(_ fields: JSONFields) throws(JSONError) -> String {
        let type = try fields.optionalString("rope_type")
        let olderType = try fields.optionalString("type")
        return type ?? olderType ?? "default"
    }

    private static func size(_ name: String, _ fields: JSONFields) throws(JSONError) -> Int {
        guard let value = try optionalSize(name, fields) else { throw fields.error("missing field \"\(name)\"") }
        return value
    }

    private static func optionalSize(_ name: String, _ fields: JSONFields) throws(JSONError) -> Int? {
        guard let value = try fields.optionalInteger(name) else { return nil }
        guard (1...(1 << 30)).contains(value) else { throw fields.error("is no size", at: name) }
        return value
    }
}
