/// Where the weights of a layer lie in a buffer of parameters, in floats.
struct LayerPlaces {
    let inputGain: Int
    let attention: Int
    let attentionBias: Int?
    let output: Int
    let middleGain: Int
    let gateUp: Int
    let down: Int

    init(_ layout: ParameterLayout, layer: Int) {
        let prefix = "model.layers.\(layer)."
        inputGain = layout.offset(prefix + "input_layernorm.weight")
        attention = layout.offset(prefix + "self_attn.q_proj.weight")
        attentionBias = layout[prefix + "self_attn.q_proj.bias"]?.offset
        output = layout.offset(prefix + "self_attn.o_proj.weight")
        middleGain = layout.offset(prefix + "post_attention_layernorm.weight")
        gateUp = layout.offset(prefix + "mlp.gate_proj.weight")
        down = layout.offset(prefix + "mlp.down_proj.weight")
    }
}
