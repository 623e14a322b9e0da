public import JSON

/// Adapters in the layout of PEFT: `adapter_model.safetensors` beside `adapter_config.json`.
public enum AdapterFiles {
    /// The name of the file of weights.
    public static let weights = "adapter_model.safetensors"
    /// The name of the file of settings.
    public static let settings = "adapter_config.json"

    /// The name that PEFT gives a tensor.
    public static func name(of tensor: String) -> String { "base_model.model." + tensor }

    /// The file of settings.
    ///
    /// - Parameter base: The name or the folder of the model that is adapted.
    public static func json(_ configuration: AdapterConfiguration, base: String) -> JSONValue {
        [
            "peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": .string(base),
            "r": .integer(Int64(configuration.rank)), "lora_alpha": .number(Double(configuration.alpha)),
            "target_modules": .array(configuration.modules.map(\.rawValue).sorted().map { .string($0) }),
            "lora_dropout": 0.0, "bias": "none", "fan_in_fan_out": false, "init_lora_weights": true,
            "inference_mode": true, "use_rslora": false, "use_dora": false, "modules_to_save": nil,
        ]
    }

    /// Reads the file of settings.
    ///
    /// - Throws: `ModelFileError` for what is no plain LoRA of known modules.
    public static func configuration(reading source: JSONSource) throws(ModelFileError) -> AdapterConfiguration {
        do throws(JSONError) {
            let fields = try JSONFields(source.parse(), source: source)
            guard try fields.string("peft_type") == "LORA" else {
                throw fields.error("is not known; LORA is", at: "peft_type")
            }
            for name in ["use_rslora", "use_dora", "fan_in_fan_out"] where try fields.optionalBool(name) == true {
                throw fields.error("is not supported", at: name)
            }
            if let bias = try fields.optionalString("bias"), bias != "none" {
                throw fields.error("'\(bias)' is not supported", at: "bias")
            }
            var modules: Set<AdapterModule> = []
            for name in try fields.strings("target_modules") {
                guard let module = AdapterModule(rawValue: name) else {
                    throw fields.error("'\(name)' is not known", at: "target_modules")
                }
                modules.insert(module)
            }
            let rank = try fields.integer("r")
            guard (1...4096).contains(rank) else { throw fields.error("is no rank", at: "r") }
            return AdapterConfiguration(rank: rank, alpha: Float(try fields.double("lora_alpha")), modules: modules)
        } catch {
            throw ModelFileError(error.description)
        }
    }
}
