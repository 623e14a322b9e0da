/// The matrices of a model packed for the products of a forward pass.
final class PackedModel: Sendable {
    struct Layer: Sendable {
        let attention: PackedMatrix
        let output: PackedMatrix
        let gateUp: PackedMatrix
        let down: PackedMatrix
    }

    let layers: [Layer]
    let head: PackedMatrix

    init(_ configuration: ModelConfiguration, precision: PackedMatrix.Precision) {
        let width = configuration.hiddenSize
        func matrix(_ depth: Int, _ columns: Int) -> PackedMatrix {
            PackedMatrix(depth: depth, columns: columns, precision: precision)
        }
        layers = (0..<configuration.layerCount).map { _ in
            Layer(
                attention: matrix(width, configuration.attentionWidth), output: matrix(configuration.queryWidth, width),
                gateUp: matrix(width, 2 * configuration.feedForwardSize),
                down: matrix(configuration.feedForwardSize, width))
        }
        head = matrix(width, configuration.vocabularySize)
    }

    /// Packs everything anew.
    func pack(_ worker: Worker, _ weights: Weights) {
        for (places, layer) in zip(weights.layers, layers) {
            for (offset, matrix) in [
                (places.attention, layer.attention), (places.output, layer.output), (places.gateUp, layer.gateUp),
                (places.down, layer.down),
            ] {
                worker.packWeights(weights.kernels, from: weights.start + offset, into: matrix)
                worker.barrier()
            }
        }
        worker.packWeights(weights.kernels, from: weights.start + weights.head, into: head)
        worker.barrier()
    }
}
