/// What the layers of a model make of T tokens, as far as it is kept.
final class Activations {
    /// What outlives the layer that made it.
    enum Keeping {
        /// Nothing: a forward pass.
        case nothing
        /// The input of each layer, from which a backward pass makes the rest again.
        case inputs
        /// All that a backward pass needs.
        case everything
    }

    /// The rows of one layer; each is (T, width).
    struct Layer {
        /// What comes in along the residual stream (C).
        let input: UnsafeMutablePointer<Float>
        /// Queries, keys and values, turned by their positions.
        let attention: UnsafeMutablePointer<Float>
        /// What the heads give back.
        let attended: UnsafeMutablePointer<Float>
        /// The residual stream between the two parts (C).
        let middle: UnsafeMutablePointer<Float>
        /// Gate and up (2 F).
        let gateUp: UnsafeMutablePointer<Float>
        /// What goes out along the residual stream (C).
        let output: UnsafeMutablePointer<Float>
    }

    let keeping: Keeping
    /// Rows that there is room for.
    let capacity: Int
    private let configuration: ModelConfiguration
    private let streams: FloatBuffer
    private let insides: FloatBuffer

    init(_ configuration: ModelConfiguration, capacity: Int, keeping: Keeping) {
        self.configuration = configuration
        self.capacity = capacity
        self.keeping = keeping
        let streamCount = keeping == .nothing ? 2 : configuration.layerCount + 1
        let insideCount = keeping == .everything ? configuration.layerCount : 1
        streams = FloatBuffer(count: streamCount * capacity * configuration.hiddenSize)
        insides = FloatBuffer(count: insideCount * capacity * Self.insideWidth(configuration))
    }

    /// The residual stream before a layer; behind the last one it is the input of the final norm.
    func stream(_ layer: Int) -> UnsafeMutablePointer<Float> {
        streams.start + (keeping == .nothing ? layer % 2 : layer) * capacity * configuration.hiddenSize
    }

    func layer(_ number: Int) -> Layer {
        let inside = keeping == .everything ? number : 0
        let attention = insides.start + inside * capacity * Self.insideWidth(configuration)
        let attended = attention + capacity * configuration.attentionWidth
        let middle = attended + capacity * configuration.queryWidth
        let gateUp = middle + capacity * configuration.hiddenSize
        return Layer(
            input: stream(number), attention: attention, attended: attended, middle: middle, gateUp: gateUp,
            output: stream(number + 1))
    }

    private static func insideWidth(_ configuration: ModelConfiguration) -> Int {
        configuration.attentionWidth + configuration.queryWidth + configuration.hiddenSize + 2
            * configuration.feedForwardSize
    }
}
