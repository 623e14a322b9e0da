/// Pages for keys and values, each for 32 tokens in all layers and heads; those that are given back are used again.
final class KeyValuePool {
    private let shape: AttentionShape
    private let headCount: Int
    private let pageCount: Int
    private var free: [FloatBuffer] = []

    init(_ configuration: ModelConfiguration) {
        shape = AttentionShape(configuration)
        headCount = configuration.keyValueHeadCount
        pageCount = configuration.layerCount * headCount * shape.blockCount
    }

    func take() -> FloatBuffer { free.popLast() ?? FloatBuffer(count: pageCount) }

    func give(_ pages: [FloatBuffer]) { free.append(contentsOf: pages) }

    func offset(layer: Int, head: Int) -> Int { (layer * headCount + head) * shape.blockCount }
}
