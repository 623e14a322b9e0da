/// The parameters that a model computes with, and where each of them lies.
struct Weights {
    let configuration: ModelConfiguration
    let kernels: Kernels
    let parameters: Parameters
    let embedding: Int
    let layers: [LayerPlaces]
    let finalGain: Int
    let head: Int

    init(_ configuration: ModelConfiguration, _ parameters: Parameters, _ kernels: Kernels) {
        self.configuration = configuration
        self.kernels = kernels
        self.parameters = parameters
        let layout = parameters.layout
        embedding = layout.offset("model.embed_tokens.weight")
        layers = (0..<configuration.layerCount).map { LayerPlaces(layout, layer: $0) }
        finalGain = layout.offset("model.norm.weight")
        head = configuration.tiesHead ? embedding : layout.offset("lm_head.weight")
    }

    var start: UnsafeMutablePointer<Float> { parameters.start }
}
